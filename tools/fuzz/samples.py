"""What is there before the fuzz begins."""

import pathlib
import sys

from studio import wait_for

HERE = pathlib.Path(__file__).resolve().parent.parent.parent


def samples(studio):
    """Things that are there, so that not every id leads nowhere."""
    text = (HERE / "examples/city-trees.md").read_text(encoding="utf-8")
    asked = {"source": {"text": text}, "slides": 4, "mode": "fast"}
    ready = studio.call("POST", "/carousels", {**asked, "autopilot": True})["id"]
    open_one = studio.call("POST", "/carousels", asked)["id"]

    def has_come_to(carousel, state, stage=None):
        now = studio.call("GET", f"/carousels/{carousel}")
        if now["state"] == "failed":
            sys.exit(f"tools/fuzz-api: {now}")
        return now["state"] == state and now.get("stage") == stage

    def best(carousel, stage):
        return studio.call("GET", f"/carousels/{carousel}/stages/{stage}")["variants"][0]["id"]

    for stage in ["research", "outline"]:
        wait_for(stage, 120, lambda: has_come_to(open_one, "awaiting_approval", stage))
        choice = {"variant_id": best(open_one, stage)}
        studio.call("PUT", f"/carousels/{open_one}/stages/{stage}/approval", choice)
    wait_for("copy", 120, lambda: has_come_to(open_one, "awaiting_approval", "copy"))
    wait_for("a finished carousel", 120, lambda: has_come_to(ready, "ready"))
    named = {"name": "Somebody"}
    return {
        "carousels": [ready, open_one],
        "variants": [best(ready, "hook"), best(ready, "visual"), best(open_one, "copy")],
        "profiles": [studio.call("POST", "/profiles", named)["id"]],
        "links": [studio.call("POST", f"/carousels/{ready}/links", {**named, "days": 9})["id"]],
        "invitations": [studio.call("POST", "/invitations", {**named, "role": "viewer"})["id"]],
        "tokens": [studio.call("POST", "/tokens", {**named, "scope": "viewer"})["id"]],
        "members": [studio.call("GET", "/members")["items"][0]["id"]],
    }
