"""What schemathesis may send where."""

import json


def settings(things):
    """The settings of schemathesis, as TOML; strings and lists of JSON are the same there."""
    # No fuzz may call strangers: what is no address of an article is refused at once.
    addresses = ["http://127.0.0.1:9/", "ftp://example.org/", "no address", ""]
    lines = ["max-stream-events = 1", "[dictionaries]"]
    for name, values in {**things, "addresses": addresses}.items():
        lines.append(f"{name} = {{ values = {json.dumps(values)} }}")
    for name in things:
        lines.append("[[operations]]")
        lines.append(f"include-path-regex = '^/api/v1/{name}/[{{]id[}}]'")
        lines.append(f"parameters = {{ 'path.id' = {{ dictionary = '{name}', probability = 0.8 }} }}")
    lines.append("[[operations]]")
    lines.append("include-operation-id = 'make_carousel'")
    lines.append("parameters = { 'body.source.url' = { dictionary = 'addresses' } }")
    return "\n".join(lines) + "\n"
