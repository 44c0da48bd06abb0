"""Who and what there is in the test network."""

OFFICE = [f"10.10.10.{n}" for n in range(11, 29)]
LAB = [f"10.10.20.{n}" for n in range(11, 19)]
DESKS = OFFICE + LAB
CAMERAS = ["192.168.50.11", "192.168.50.16"]
PRINTERS = ["192.168.50.12", "192.168.50.13"]
WEB, APP, API = "172.16.5.80", "172.16.5.81", "172.16.5.82"
FTP, JUMP, MAIL = "172.16.5.21", "172.16.5.22", "172.16.5.25"
FILES, BACKUP, DATABASE, RESOLVER, MONITOR = "10.10.0.20", "10.10.0.21", "10.10.0.30", "10.10.0.53", "10.10.0.60"
STAGE, DOWNLOADS, POOL = "198.51.100.66", "198.51.100.130", "198.51.100.178"
TUNNEL, COMMAND, IRC, DYNAMIC = "203.0.113.37", "203.0.113.85", "203.0.113.133", "203.0.113.200"
UNANSWERED = [f"203.0.113.{n}" for n in range(241, 254)]

# Two hosts in every /28 of the outside: the ones that attack, and the ones that only visit.
ATTACKERS = [f"198.51.100.{16 * n + 7}" for n in range(16)] + [f"203.0.113.{16 * n + 9}" for n in range(15)]
VISITORS = [f"198.51.100.{16 * n + 12}" for n in range(16)] + [f"203.0.113.{16 * n + 3}" for n in range(15)]

PLAIN_SITES = [
    "www.example.com", "www.morgenpost.example", "static.morgenpost.example", "www.dagens-nytt.example", "img.dagens-nytt.example",
    "maps.atlas.example", "wiki.knowledge.example", "radio.ondas.example", "news.kyodai.example", "ads.trackers.example",
    "pixel.trackers.example", "old.archive-portal.example", "jobs.karriere.example", "library.university.example",
]  # fmt: skip
SECURE_SITES = [
    "search.findit.example", "shop.kaufhaus.example", "cdn.kaufhaus.example", "pay.kaufhaus.example", "video.streambox.example",
    "edge1.streambox.example", "api.weather.example", "tiles.weather.example", "registry.packages.example",
    "login.cloudsuite.example", "mail.cloudsuite.example", "files.cloudsuite.example", "meet.cloudsuite.example",
    "telemetry.cloudsuite.example", "online.banca-verde.example", "git.forge.example", "api.forge.example", "raw.forge.example",
    "social.chatter.example", "media.chatter.example", "travel.wander.example", "booking.wander.example",
    "sso.university.example", "www.partner-gmbh.example",
]  # fmt: skip
PATHS = (
    ["/", "/index.html", "/assets/app.js", "/assets/site.css", "/favicon.ico", "/robots.txt", "/docs/handbook.pdf"]
    + [f"/article/{n}.html" for n in range(1, 13)]
    + [f"/img/{n}.{kind}" for n in range(1, 9) for kind in ("png", "jpg")]
)
AGENTS = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36 Edg/137.0.0.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Mobile/15E148",
    "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile Safari/537.36",
]
