"""What the graph says, read from Graph JSON alone: the yardstick for every other format.

Several documents are a line each; an entity of two documents is in both lines, under one id.
"""

import collections
import json


class Truth:
    def __init__(self, path):
        self.documents, self.entities, self.statements, self.relations = {}, {}, {}, {}
        self.names, self.mentions = {}, {}
        with open(path, encoding="utf-8") as file:
            # Not splitlines(), which breaks at line separators inside strings.
            for line in file:
                self.add(json.loads(line))

    def add(self, graph):
        self.documents.update((d["id"], d) for d in graph["documents"])
        self.statements.update((s["id"], s) for s in graph["statements"])
        self.relations.update((r["id"], r) for r in graph["relations"])
        for entity in graph["entities"]:
            self.entities.setdefault(entity["id"], entity)
            self.names.setdefault(entity["id"], set()).add(entity["name"])
            self.mentions.setdefault(entity["id"], []).extend(entity["mentions"])

    def summary(self):
        parts = [self.documents, self.entities, self.statements, self.relations]
        names = ["documents", "entities", "statements", "relations"]
        return ", ".join(f"{len(part):,} {name}" for part, name in zip(parts, names))

    def nodes(self):
        """Every node of a property graph: key → what it is called. Words have their place as key, nobody None."""
        nodes = {("Entity", id_): names for id_, names in self.names.items()}
        nodes.update((("Statement", id_), {s["text"]}) for id_, s in self.statements.items())
        for relation in self.relations.values():
            for key, words in self.ends(relation):
                nodes.setdefault(key, {words})
        return nodes

    def ends(self, relation):
        """Source and target: key of the node and its words. A source that is only a pronoun or a noun is nobody named."""
        yield self.end(relation["source"], None)
        yield self.end(relation["target"], relation["literal"] and (relation["evidence"]["document"], relation["literal"]))

    def end(self, id_, words):
        if id_ in self.statements:
            return ("Statement", id_), self.statements[id_]["text"]
        if id_ is not None:
            return ("Entity", id_), self.entities[id_]["name"]
        if words:
            document, place = words
            return ("Words", (document, place["start"], place["end"])), place["text"]
        return ("Nobody", None), "(nobody named)"

    def edges(self):
        """Relation id → type, keys of both ends, and what a consumer must give back with it."""
        found = {}
        for id_, relation in self.relations.items():
            (source, _), (target, _) = self.ends(relation)
            evidence = relation["evidence"]
            place = (evidence["document"], evidence["start"], evidence["end"], evidence["text"])
            rule = relation["rule"]
            qualifiers = tuple(relation[name] for name in ("polarity", "modality", "tense", "asserted"))
            found[id_] = (relation["type"], source, target, place, f"{rule['id']}/{rule['variant']}", qualifiers)
        return found

    def abouts(self):
        """What statements are about: pairs of ids."""
        return {(id_, topic) for id_, s in self.statements.items() for topic in s["about"]}

    def how_often(self):
        """Relation → how many of it there are."""
        return dict(collections.Counter(r["type"] for r in self.relations.values()))

    def spans(self):
        """Every place in the file: document, start, end, first and last byte, text."""
        for mentions in self.mentions.values():
            yield from ((m["document"], m) for m in mentions)
        for statement in self.statements.values():
            yield from ((statement["document"], place) for place in statement["content"] + statement["quoted"])
        for relation in self.relations.values():
            document = relation["evidence"]["document"]
            yield document, relation["evidence"]
            if relation["literal"]:
                yield document, relation["literal"]
            for argument in relation["arguments"].values():
                yield from ((document, place) for place in argument if isinstance(argument, list))
                if isinstance(argument, dict):
                    yield document, argument
