"""Carries out the plan: one step after the other, each with a real program inside its namespace.

For every step one line is written to MARKS: when it really began, when it is to happen in the capture (seconds from the
capture's start) and how far its pauses are to be stretched. `retime.py` moves the captured packets accordingly.

usage: run.py DEMO_DIR WORK_DIR MARKS
"""

import pathlib
import subprocess
import sys
import time

import plan

LINK = {"out": 1, "dmz": 2, "srv": 3, "lan": 4, "iot": 5}
STEP_LIMIT = 20.0  # seconds; a step that hangs is ended and reported
SETTLE = 0.004  # lets the last segments of a connection pass before the next step begins


def in_network(network, command):
    return ["ip", "netns", "exec", f"nsdemo-{network}", *command]


def speak_as(network, address):
    """Makes `address` the one that programs in this network speak from."""
    route = ["default", "via", f"10.255.{LINK[network]}.1", "src", address]
    subprocess.run(["ip", "-n", f"nsdemo-{network}", "route", "replace", *route], check=True)


def carry_out(step):
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(in_network(step.network, step.command), timeout=STEP_LIMIT, input=step.input or b"", **quiet)


def main(demo, work, marks):
    steps = plan.make(demo, work)
    speaker = {}
    slow = 0
    with open(marks, "w", encoding="ascii") as out:
        for step in steps:
            if speaker.get(step.network) != step.address:
                speak_as(step.network, step.address)
                speaker[step.network] = step.address
            began = time.time()
            print(f"{began:.6f} {step.at:.6f} {step.stretch}", file=out)
            try:
                carry_out(step)
            except subprocess.TimeoutExpired:
                slow += 1
                print("run: ended after", STEP_LIMIT, "s:", *step.command[:6], file=sys.stderr)
            time.sleep(SETTLE + step.settle)
        print(f"{time.time():.6f} {plan.LENGTH:.6f} 1", file=out)
    print(f"run: {len(steps)} steps, {slow} ended by the time limit")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3])
