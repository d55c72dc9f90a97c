//! Stage 5: mentions → entities and relations: canonical names, coreference, claims inside statements.
