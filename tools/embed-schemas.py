#!/usr/bin/env python3
"""Writes the schema tables that ecrgen embeds, from JSON facts about providers and modules.

    tools/embed-schemas.py FOLDER

FOLDER holds the output of `terraform providers schema -json` per provider version (aws-*.json, tfe.json,
tls.json), the first version of each attribute (since.json, since-attributes.json) and the inputs of registry
modules (modules.json). The tables go to src/terraform/schema/, where mod.rs describes their notation.
The same folder always gives the same bytes.
"""

import json
import re
import sys
from pathlib import Path

TABLES = Path(__file__).resolve().parent.parent / "src" / "terraform" / "schema"
KINDS = [("resource", "resource_schemas"), ("data", "data_source_schemas")]
MODULES = ["terraform-aws-modules/ecr/aws"]


def main(folder):
    since = first_versions(folder)
    # Facts that FOLDER lacks, read from the provider.
    more = provider(Path(__file__).parent, "aws-5.100.0-s3.json")
    aws = {**provider(folder, "aws-6.62.0.json"), **more}
    older = {version: provider(folder, f"aws-{version}.json") for version in ["3.39.0", "5.100.0", "6.47.0"]}
    relaxed = required_until(aws, older)
    # The exact version is in the provider's CHANGELOG. The snapshots only give a range.
    relaxed["aws_iam_openid_connect_provider.thumbprint_list"] = "5.81.0"
    settable = settable_since(aws, older)
    write("aws.txt", "hashicorp/aws 6.62.0", entities(aws, {**settable, **since}, relaxed))

    tfe = json.loads((folder / "tfe.json").read_text())
    # New in a version after 0.71.0. 0.80.0 is the first version known to have them.
    new = {f"{entity}.{name}": "0.80.0"
           for entity, names in tfe["_notes"]["new_since_0.71.0"].items() for name in names}
    workspaces = provider(folder, "tfe.json")
    for entity in ["tfe_workspace", "tfe_policy_set"]:
        # The provider's source has Optional and MinItems 1, which means at most one. A real schema shows 0 for this.
        workspaces[entity]["block_types"]["vcs_repo"]["min_items"] = 0
    write("tfe.txt", "hashicorp/tfe 0.80.0", entities(workspaces, new, {}))
    write("tls.txt", "hashicorp/tls 4.2.1", entities(provider(folder, "tls.json"), {}, {}))

    modules = json.loads((folder / "modules.json").read_text())
    write("modules.txt", "registry modules", [line for name in MODULES for line in module(name, modules[name])])


def write(name, what, lines):
    head = f"# {what}. Written by tools/embed-schemas.py, not by hand.\n"
    (TABLES / name).write_text(head + "".join(line + "\n" for line in lines))


def provider(folder, name):
    facts = json.loads((folder / name).read_text())
    if "provider_schemas" in facts:
        [facts] = facts["provider_schemas"].values()
    return {("data." if kind == "data" else "") + entity: schema["block"]
            for kind, key in KINDS for entity, schema in facts.get(key, {}).items()}


def paths(block, prefix):
    """Every attribute and nested block with its dotted path."""
    for name, attribute in block.get("attributes", {}).items():
        yield f"{prefix}.{name}", attribute
    for name, nested in block.get("block_types", {}).items():
        yield f"{prefix}.{name}", nested
        yield from paths(nested["block"], f"{prefix}.{name}")


def all_paths(schema):
    return {path: what for entity, block in schema.items() for path, what in paths(block, entity)}


def first_versions(folder):
    """First provider version of each entity and attribute, unless it is older than every version in FOLDER."""
    found = {}
    for entity, tags in json.loads((folder / "since-attributes.json").read_text())["entities"].items():
        if tags["tag_before"]:
            found[entity] = tags["first_tag"].removeprefix("v")
        found.update({f"{entity}.{name}": tag.removeprefix("v") for name, tag in tags["later"].items()})
    # Entries that name only an entity or its attributes are exact, or give an upper bound (<=).
    for name, fact in json.loads((folder / "since.json").read_text())["aws_provider"].items():
        version = re.search(r"(?:^|<=)(\d+\.\d+\.\d+)$", fact["version"])
        if version and re.fullmatch(r"(data\.)?\w+(\.\w+(, \w+)*)?", name):
            entity, _, names = name.removeprefix("data.").partition(".")
            entity = "data." * name.startswith("data.") + entity
            found.update({f"{entity}.{n}" if n else entity: version[1] for n in names.split(", ")})
    return found


def required_until(newest, older):
    """Attributes that were required in the past: the first version in FOLDER in which they are not."""
    found, now = {}, all_paths(newest)
    for version, schema in sorted(older.items(), key=lambda item: number(item[0])):
        for path, attribute in all_paths(schema).items():
            if attribute.get("required") and path in now and not now[path].get("required"):
                later = [v for v in older if number(v) > number(version)] + ["6.62.0"]
                found[path] = min(later, key=number)
    return found


def settable_since(newest, older):
    """Attributes that are only computed in 5.x. All of them are `region`, an argument since 6.0.0."""
    before = all_paths(older["5.100.0"])
    found = [path for path, attribute in all_paths(newest).items()
             if settable(attribute) and path in before and not settable(before[path])]
    assert all(path.endswith(".region") for path in found), found
    return {path: "6.0.0" for path in found}


def settable(schema):
    return "block" in schema or schema.get("required") or schema.get("optional")


def number(version):
    return [int(part) for part in version.split(".")]


def entities(schema, since, relaxed):
    for entity in sorted(schema, key=lambda e: (e.startswith("data."), e)):
        kind, name = ("data", entity[5:]) if entity.startswith("data.") else ("resource", entity)
        yield f"{kind} {name}" + note("since", since.get(entity))
        yield from block(schema[entity], entity, 1, since, relaxed)


def block(schema, path, depth, since, relaxed):
    children = {**schema.get("attributes", {}), **schema.get("block_types", {})}
    for name in sorted(children):
        child, here = children[name], f"{path}.{name}"
        line = " " * depth + name
        # The contents of a new block do not repeat its version.
        new = note("since", since.get(here) if since.get(here) != since.get(path) else None)
        if "block" in child:
            least, most = child.get("min_items") or 0, child.get("max_items") or 0
            yield f"{line} block {child['nesting_mode']} {least} {most}" + new
            yield from block(child["block"], here, depth + 1, since, relaxed)
        elif not settable(child):
            yield f"{line} computed"
        else:
            mode = "required" if child.get("required") else "optional"
            yield f"{line} {mode} {type_text(child['type'])}" + new + note("required-until", relaxed.get(here))


def note(word, version):
    return f" {word} {version}" if version else ""


def type_text(type_):
    if isinstance(type_, str):
        return "any" if type_ == "dynamic" else type_
    constructor, of = type_
    if constructor == "object":
        return "object({" + ",".join(f"{name}={type_text(of[name])}" for name in sorted(of)) + "})"
    return f"{constructor}({type_text(of)})"


def module(name, facts):
    needs = [f"{'terraform' if key == 'required_version' else key} {value.removeprefix('>= ')}"
             for key, value in sorted(facts["constraints"].items())]
    yield f"module {name} {facts['version']} needs " + " ".join(needs)
    for variable in sorted(facts["variables"], key=lambda v: v["name"]):
        mode = "optional" if "default" in variable else "required"
        yield f" {variable['name']} {mode} {variable['type'].replace(' ', '')}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
