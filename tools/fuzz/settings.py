"""What schemathesis may send where."""

import json


# No fuzz may call strangers: what is no address of an article is refused at once.
ADDRESSES = ["http://127.0.0.1:9/", "ftp://example.org/", "no address", ""]
# Without these, hardly a call would get beyond the check of its fields.
WORDS = {
    "addresses": ADDRESSES,
    "texts": ["Trees cool a street. " * 60, "Short.", ""],
    "themes": ["modern_minimal", "bold_vibrant", "none"],
    "zones": ["UTC", "Europe/Berlin", "Nowhere"],
    "tags": ["*", '"stale"'],
}
# Which field of which calls is taken from which list, and how often; else it is made up.
FIELDS = [
    ("make_carousel", "body.source.url", "addresses", 1.0),
    ("make_carousel", "body.source.text", "texts", 0.9),
    ("make_carousel", "body.theme", "themes", 0.9),
    ("make_carousel", "body.profile", "profiles", 0.9),
    ("change_looks", "body.theme", "themes", 0.9),
    ("approve", "body.variant_id", "variants", 0.9),
    ("set_settings", "body.time_zone", "zones", 0.9),
    *((call, "header.If-Match", "tags", 0.9) for call in [
        "change_carousel", "reorder_slides", "change_looks", "revise_stage", "change_profile", "set_settings",
    ]),
]


def settings(things):
    """The settings of schemathesis, as TOML; strings and lists of JSON are the same there."""
    lines = ["max-stream-events = 1", "[dictionaries]"]
    for name, values in {**things, **WORDS}.items():
        lines.append(f"{name} = {{ values = {json.dumps(values)} }}")

    calls = {}
    for call, field, words, often in FIELDS:
        calls.setdefault(call, []).append((field, words, often))
    for name in things:
        # Ids are also taken from earlier answers: the token that this run calls with is not to be revoked.
        often = 1.0 if name == "tokens" else 0.8
        lines += operation("path-regex", f"^/api/v1/{name}/[{{]id[}}]", [("path.id", name, often)])
    for call, fields in calls.items():
        lines += operation("operation-id", call, fields)
    return "\n".join(lines) + "\n"


def operation(by, what, fields):
    taken = (f"'{field}' = {{ dictionary = '{words}', probability = {often} }}" for field, words, often in fields)
    return ["[[operations]]", f"include-{by} = '{what}'", f"parameters = {{ {', '.join(taken)} }}"]
