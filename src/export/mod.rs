//! Stage 7: [`KnowledgeGraph`](crate::KnowledgeGraph) → DOT, JSON-LD, Graph JSON.
