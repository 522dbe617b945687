#!/usr/bin/env bash
# The step of action.yml: installs ticketaudit beside the job's own Python, once a job, and checks.
# The inputs come as variables, never as part of this text, and only numbers go out.
set -euo pipefail

venv="$RUNNER_TEMP/ticketaudit"
[ -d "$venv" ] || python3 -m venv "$venv"
programs="$venv/bin"
[ -d "$programs" ] || programs="$venv/Scripts" # on Windows
[ -e "$programs/ticketaudit" ] || [ -e "$programs/ticketaudit.exe" ] ||
    "$programs/python" -m pip install --quiet --disable-pip-version-check "$GITHUB_ACTION_PATH"

counts="$RUNNER_TEMP/ticketaudit-counts.json"
rm -f "$counts"
arguments=(--output-format github --fail-on "$TICKETAUDIT_FAIL_ON" --output "json:$counts")
[ -z "$TICKETAUDIT_CONFIG" ] || arguments+=(--config "$TICKETAUDIT_CONFIG")
[ -z "$TICKETAUDIT_BASELINE" ] || arguments+=(--baseline "$TICKETAUDIT_BASELINE")
while IFS= read -r format; do
    [ -z "$format" ] || arguments+=(--output "$format")
done <<<"$TICKETAUDIT_FORMATS"
arguments+=(--)
while IFS= read -r path; do
    [ -z "$path" ] || arguments+=("$path")
done <<<"$TICKETAUDIT_PATHS"

status=0
"$programs/ticketaudit" check "${arguments[@]}" || status=$?
[ ! -f "$counts" ] || "$programs/python" - "$counts" >>"$GITHUB_OUTPUT" <<'END'
import json, sys

with open(sys.argv[1], encoding="utf-8") as file:
    summary = json.load(file)["summary"]
print(f"problems={summary['diagnostics']:d}")
print(f"tickets={summary['tickets']:d}")
for level, count in summary["levels"].items():
    print(f"{level}s={count:d}")
END
exit "$status"
