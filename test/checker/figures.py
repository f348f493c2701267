#!/usr/bin/env python3
"""Counts a town's published figures from its public log alone, sharing no code with the program that publishes them.

    figures.py DIR|URL VKEY YYYY-MM-DD    as of the start of that day in China

Written from the rules of the ledger, section 5, and the leaves as docs/operations/public-log.md describes them. The log is checked first.
Prints one line a figure: name, counted, of.
"""
import datetime
import json
import sys

from check_log import Wrong, check_log, entries_in, open_note, read, tile_path

CHINA = datetime.timedelta(hours=8)
BACK_AT_WORK = {"check.failed", "answer.honoured"}
# What sends a problem back to work only from where it is said to be done.
UPHELD = {"objection.upheld": ("verified",), "flag.upheld": ("rectified", "verified")}
ANSWERS = {"report.accepted", "report.answered", "report.referred", "report.declined"}
# What was answered by mistake waits again: only what was decided since counts.
CORRECTED = {"report.taken-back", "report.separated"}


def leaves(place, vkey):
    _, size, _ = open_note(read(place, "checkpoint").decode(), vkey)
    for index in range((size + 255) // 256):
        for entry in entries_in(read(place, tile_path("entries", index, min(256, size - 256 * index)))):
            yield json.loads(entry)


def day_of(at):
    return (datetime.datetime.fromisoformat(at.replace("Z", "+00:00")) + CHINA).date().isoformat()


def problem():
    return dict(status="opened", due=None, promised=None, done=None, answered=0, solved=0, satisfied=0, silent=0, tried=0, looked=0, relapsed=0)


def tell(it, leaf):
    verb, facts = leaf["verb"], leaf["facts"]
    if verb == "problem.assigned":
        it.update(status="assigned", due=facts["dueOn"], promised=it["promised"] or facts["dueOn"])
    elif verb == "problem.dated":
        it["due"] = facts["dueOn"]
    elif verb in ("extension.granted", "suspension.ended"):
        it["due"] = facts["newDueOn"]
        it["status"] = "assigned" if verb == "suspension.ended" else it["status"]
    elif verb == "suspension.approved":
        it["status"] = "suspended"
    elif verb == "problem.rectified":
        it.update(status="rectified", done=day_of(leaf["at"]))
    elif verb == "check.passed":
        it["status"] = "verified"
    elif verb in BACK_AT_WORK or it["status"] in UPHELD.get(verb, ()):
        it.update(status="assigned", done=None)
    elif verb == "answer.given":
        before = facts.get("replaces") or {}
        it["answered"] += 0 if facts.get("replaces") else 1
        for what in ("solved", "satisfied"):
            it[what] += (facts[what] is True) - (before.get(what) is True)
    elif verb in ("problem.joined", "problem.separated"):
        times, answer = (1, facts.get("answer")) if verb == "problem.joined" else (-1, facts["answer"])
        it["answered"] += times * (answer is not None)
        for what in ("solved", "satisfied"):
            it[what] += times * ((answer or {}).get(what) is True)
        it["silent"] -= facts.get("silent") is True
    elif verb == "problem.opening-undone":
        it["status"] = "dismissed"
    elif verb == "problem.closed":
        it.update(status="closed", silent=facts["silent"], tried=facts.get("attempts", 0))
    elif verb in ("look-back.held", "look-back.relapsed", "problem.recurred"):
        it["looked"] += verb != "problem.recurred"
        it["relapsed"] += verb == "look-back.relapsed"
        if verb != "look-back.held":
            it.update(status="assigned", done=None, due=facts["newDueOn"], silent=0, tried=0)
    elif verb == "dismissal.confirmed":
        it["status"] = "dismissed"
    elif verb == "problem.reinstated":
        it.update(status="opened", due=None, promised=facts.get("originalDueOn"))


def is_answered(verbs):
    return next((verb in ANSWERS for verb in reversed(verbs) if verb in ANSWERS | CORRECTED), False)


def count(place, vkey, today):
    check_log(place, vkey)
    problems, reports = {}, {}
    for leaf in leaves(place, vkey):
        about = leaf["subject"]
        if about["kind"] == "problem" and about.get("number"):
            tell(problems.setdefault(about["number"], problem()), leaf)
        elif about["kind"] == "report" and "handle" in about:
            reports.setdefault(about["handle"], []).append(leaf["verb"])
    standing = [p for p in problems.values() if p["status"] != "dismissed"]
    running = [p for p in standing if p["status"] != "suspended"]
    due = [p for p in running if p["due"] and p["due"] < today]
    timed = [p for p in running if p["promised"] and p["promised"] < today]
    answered = [verbs for verbs in reports.values() if is_answered(verbs)]
    late = [verbs for verbs in reports.values() if "report.overdue" in verbs]
    waiting = [v for v in late if not is_answered(v) and "report.withdrawn" not in v]
    total = lambda what: sum(p[what] for p in standing)
    return [
        ("problems", len(standing), None),
        ("closed", sum(p["status"] == "closed" for p in standing), None),
        ("overdue", sum(p["status"] in ("opened", "assigned") for p in due), None),
        ("silent", total("silent"), None),
        ("silentAttempts", total("tried"), None),
        ("response", sum("report.overdue" not in v for v in answered), len(answered) + len(waiting)),
        ("resolution", total("solved"), total("answered")),
        ("claim", sum(p["status"] == "closed" for p in due), len(due)),
        ("satisfaction", total("satisfied"), total("answered")),
        ("on-time", sum(p["done"] is not None and p["done"] <= p["promised"] for p in timed), len(timed)),
        ("relapse", total("relapsed"), total("looked")),
    ]


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    try:
        for name, counted, of in count(*sys.argv[1:]):
            print(name, counted, "-" if of is None else of)
    except (Wrong, ValueError) as wrong:
        print("does not hold: %s" % wrong)
        sys.exit(1)
