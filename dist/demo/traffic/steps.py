"""What a plan is made of, and the programs its steps call."""

import dataclasses
import pathlib

HERE = pathlib.Path(__file__).parent


@dataclasses.dataclass(frozen=True)
class Step:
    """One program run by one host. `at` counts seconds from the capture's start."""

    at: float
    network: str
    address: str
    command: list
    stretch: float = 1  # pauses inside the step are multiplied by this
    settle: float = 0  # seconds to wait afterwards, in real time
    input: bytes | None = None


def curl(*arguments, agent="Mozilla/5.0", limit=4):
    return ["curl", "-4", "-s", "-k", "--max-time", str(limit), "-A", agent, *arguments]


def fetch(*addresses):
    """The addresses with a sink for each, so that curl keeps one connection for all."""
    return [part for address in addresses for part in ("-o", "/dev/null", address)]


def python(name, *arguments):
    return ["python3", str(HERE / f"{name}.py"), *map(str, arguments)]


def dns(*arguments, server="10.10.0.53"):
    return python("dnsq", server, *arguments)


def talk(address, port, *script):
    return python("talk", address, port, *script)


def nmap(source, *arguments):
    return ["nmap", "-n", "-Pn", "--send-ip", "-e", "eth0", "-S", source, "--max-retries", "0", "--host-timeout", "8s", *arguments]


def ssh(work, address, user="root"):
    """A session with the test key; the server decides what is shown."""
    options = ["-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "IdentitiesOnly=yes"]
    return ["ssh", *options, "-i", f"{work}/ssh/client", f"{user}@{address}", "status"]


def smb(account, share, commands, password="Winter-2026", workstation="WS"):
    options = ["-U", f"CORP/{account}%{password}", "--netbiosname", workstation, "-s", "/dev/null", "-m", "SMB3"]
    return ["smbclient", f"//files1.corp.example/{share}", *options, "-c", commands]


def mail(server, helo, sender, recipient):
    """Sends what comes on standard input."""
    return ["curl", "-4", "-s", "--max-time", "5", f"smtp://{server}/{helo}", "--mail-from", sender, "--mail-rcpt", recipient, "-T", "-"]
