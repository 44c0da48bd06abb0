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


RAW = ["--send-ip", "-e", "eth0", "--max-retries", "0", "--host-timeout", "8s"]


def nmap(source, *arguments):
    return ["nmap", "-n", "-Pn", *RAW, "-S", source, *arguments]


def sweep(source, targets):
    """Echo requests to every address, nothing else."""
    return ["nmap", "-n", "-sn", "-PE", *RAW, "-S", source, targets]


def ssh(work, address, user="root"):
    """A session with the test key; the server decides what is shown."""
    options = ["-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "IdentitiesOnly=yes"]
    return ["ssh", *options, "-i", f"{work}/ssh/client", f"{user}@{address}", "status"]


def ssh_guess(demo, address, user):
    """Three wrong passwords by the ordinary client."""
    options = ["-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "PubkeyAuthentication=no"]
    asking = [f"SSH_ASKPASS={demo}/traffic/guess.sh", "SSH_ASKPASS_REQUIRE=force"]
    return ["env", *asking, "ssh", *options, "-o", "PreferredAuthentications=password", f"{user}@{address}"]


def rpc(account, command, password="Winter-2026", workstation="WS"):
    return ["rpcclient", "-U", f"CORP/{account}%{password}", "--netbiosname", workstation, "-s", "/dev/null", "-c", command, "files1.corp.example"]


def smb(account, share, commands, password="Winter-2026", workstation="WS"):
    options = ["-U", f"CORP/{account}%{password}", "--netbiosname", workstation, "-s", "/dev/null", "-m", "SMB3"]
    return ["smbclient", f"//files1.corp.example/{share}", *options, "-c", commands]


def mail(server, helo, sender, recipient):
    """Sends what comes on standard input."""
    return ["curl", "-4", "-s", "--max-time", "5", f"smtp://{server}/{helo}", "--mail-from", sender, "--mail-rcpt", recipient, "-T", "-"]
