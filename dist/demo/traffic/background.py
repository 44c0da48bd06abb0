"""The everyday traffic: browsing, mail, files, time, monitoring, visitors of the public servers."""

import world
from steps import Step, curl, dns, fetch, mail, python, smb, ssh


def moments(rng, count, length):
    return sorted(rng.uniform(1, length - 5) for _ in range(count))


def visit(rng, at, host):
    secure = rng.random() < 0.45
    site = rng.choice(world.SECURE_SITES if secure else world.PLAIN_SITES)
    base = f"{'https' if secure else 'http'}://{site}"
    options = ["--tls-max", "1.2"] if secure and rng.random() < 0.5 else []
    if not secure:
        options += ["-e", f"http://{site}/", "-H", "Accept-Language: " + rng.choice(["en", "de", "sv", "fr"])]
    pages = [base + rng.choice(world.PATHS) for _ in range(rng.choice([1, 1, 2, 3]))]
    return Step(at, "lan", host, curl(*options, *fetch(*pages), agent=world.AGENTS[hash_of(host) % len(world.AGENTS)]))


def hash_of(address):
    """The same for the same address in every run, as one host keeps one browser."""
    return sum(int(part) for part in address.split("."))


def browsing(rng, count, length):
    busy = world.DESKS + world.OFFICE[:6] * 2
    return [visit(rng, at, rng.choice(busy)) for at in moments(rng, count, length)]


PUBLIC = [
    ("www.corp.example", world.WEB, world.PATHS[:20]),
    ("www.corp.example", world.WEB, world.PATHS[:3]),
    ("api.corp.example", world.API, ["/api/items", "/api/status"]),
    ("app.corp.example", world.APP, ["/", "/items?page=2", "/search?q=lamp"]),
]


def visitors(rng, count, length):
    steps = []
    for at in moments(rng, count, length):
        who = rng.choice(world.VISITORS)
        name, server, paths = rng.choice(PUBLIC)
        secure = server != world.APP and rng.random() < 0.5
        port = 443 if secure else 80
        url = f"{'https' if secure else 'http'}://{name}{rng.choice(paths)}"
        command = curl("--resolve", f"{name}:{port}:{server}", *fetch(url), agent=world.AGENTS[hash_of(who) % len(world.AGENTS)])
        steps.append(Step(at, "out", who, command))
    return steps


def every(rng, period, length, jitter=1.0):
    at = rng.uniform(1, period)
    while at < length - 5:
        yield at
        at += period + rng.uniform(-jitter, jitter)


def devices(rng, length):
    steps = []
    for camera in world.CAMERAS:
        for at in every(rng, 60, length):
            body = curl("-d", "state=ok&motion=0", *fetch("http://cloud.camwatch.example/api/state"), agent="CamOS/4.1")
            steps.append(Step(at, "iot", camera, body))
    for printer in world.PRINTERS:
        for at in every(rng, 120, length):
            steps.append(Step(at, "srv", world.MONITOR, python("udp", printer, 161, "snmp", "netops-ro")))
        for at in every(rng, 600, length):
            steps.append(Step(at, "iot", printer, curl(*fetch("http://update.printerworks.example/api/v1/firmware"), agent="PrinterWorks/2.3")))
    for host in (world.RESOLVER, world.FILES, world.BACKUP, world.MONITOR):
        for at in every(rng, 256, length):
            steps.append(Step(at, "srv", host, python("udp", "192.0.2.123", 123, "ntp")))
        for at in every(rng, 240, length, 20):
            steps.append(Step(at, "srv", world.MONITOR, curl(*fetch("http://192.168.50.11/api/picture"), agent="uptime-probe/1.4")))
        for at in every(rng, 700, length):
            steps.append(Step(at, "iot", printer, ["curl", "-s", "--max-time", "3", "-o", "/dev/null", "tftp://10.10.0.53/robots.txt"]))
    for at in every(rng, 150, length, 20):
        url = "http://api.forge.example:8081/api/v1/forecast.json"
        steps.append(Step(at, "lan", rng.choice(world.LAB), curl("--http2-prior-knowledge", *fetch(url), agent="build-agent/5")))
    for at in every(rng, 45, length):
        steps.append(Step(at, "srv", world.MONITOR, curl(*fetch("https://api.corp.example/api/status"), agent="uptime-probe/1.4")))
    for at in every(rng, 90, length):
        steps.append(Step(at, "srv", world.MONITOR, ["ping", "-c", "2", "-i", "0.2", "-W", "1", "172.16.5.80"]))
    return steps


PEOPLE = {"10.10.10.11": ("anna.weber", "WS-WEBER"), "10.10.10.12": ("jonas.lind", "WS-LIND"), "10.10.10.13": ("maria.costa", "WS-COSTA")}


def files(rng, count, length):
    steps = []
    for at in moments(rng, count, length):
        host = rng.choice(list(PEOPLE))
        account, workstation = PEOPLE[host]
        commands = rng.choice(["ls", "get handbook.pdf /dev/null", "ls; get 3.html /dev/null", "put /etc/protocols notes.txt; ls"])
        steps.append(Step(at, "lan", host, smb(account, "team", commands, workstation=workstation)))
    for at in every(rng, 200, length):
        steps.append(Step(at, "dmz", world.FTP, curl(*fetch("ftp://203.0.113.200/README.txt"))))
    for at in every(rng, 150, length):
        url = rng.choice(["ftp://172.16.5.21/README.txt", "ftp://172.16.5.21/catalogue.csv", "ftp://172.16.5.21/"])
        steps.append(Step(at, "out", rng.choice(world.VISITORS), curl(*fetch(url))))
    return steps


def administration(rng, work, length):
    steps = []
    for at in every(rng, 170, length, 20):
        steps.append(Step(at, "lan", rng.choice(world.LAB), ssh(work, rng.choice([world.JUMP, world.BACKUP])), stretch=rng.choice([10, 20, 30])))
    for at in every(rng, 420, length, 20):
        steps.append(Step(at, "lan", rng.choice(world.LAB), ssh(work, "git.forge.example")))
    for host in (world.FILES, world.BACKUP, world.DATABASE):
        for at in every(rng, 500, length, 60):
            url = "http://deb.mirror.example/pool/main/tool_1.2-1_amd64.deb"
            steps.append(Step(at, "srv", host, curl(*fetch(url), agent="Debian APT-HTTP/1.3 (2.6.1)")))
    for at in every(rng, 130, length, 10):
        names = rng.sample(["partner-gmbh.example", "example.com", "corp.example", "nowhere.example"], 2)
        steps.append(Step(at, "dmz", world.MAIL, dns("MX", names[0])))
        steps.append(Step(at + 0.5, "dmz", world.MAIL, dns("TXT", names[1])))
    return steps


LETTER = (
    "From: {0}\r\nTo: {1}\r\nSubject: {2}\r\nMessage-ID: <{3}@demo.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n"
    "Good day,\r\n{2}: see you on Thursday.\r\n"
)
SUBJECTS = ["Minutes of the meeting", "Offer 2291", "Travel plans", "Lamp catalogue", "Question about the invoice"]
PARTNER, ANNA = "sales@partner-gmbh.example", "anna.weber@corp.example"


def letters(rng, length):
    steps = []
    for number, at in enumerate(every(rng, 110, length, 30)):
        subject = rng.choice(SUBJECTS)
        question = LETTER.format(PARTNER, ANNA, subject, number).encode()
        answer = LETTER.format(ANNA, PARTNER, "Re: " + subject, number + 500).encode()
        steps.append(Step(at, "out", "192.0.2.130", mail(world.MAIL, "mx.partner-gmbh.example", PARTNER, ANNA), input=question))
        steps.append(Step(at + 40, "dmz", world.MAIL, mail("192.0.2.130", "mail.corp.example", ANNA, PARTNER), input=answer))
    return steps


def make(rng, work, length):
    return (
        browsing(rng, 560, length)
        + visitors(rng, 220, length)
        + devices(rng, length)
        + files(rng, 40, length)
        + administration(rng, work, length)
        + letters(rng, length)
    )
