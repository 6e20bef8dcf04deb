"""Takes screenshots over the API and with one-shot browsers: rates, latencies, memory, leftovers.

screenshot.py API SERVER_PID BROWSER SHOTS [BROWSER_FLAG...]
"""

import concurrent.futures
import http.client
import http.server
import json
import os
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

api, server, browser, shots, *flags = sys.argv[1:]
server, shots = int(server), int(shots)
text = "".join(
    f"<article><h2>Part {i}</h2><p>{'Words of a page. ' * 40}</p></article>" for i in range(20))
pages = {
    "/": f"<!doctype html><title>Bench</title><style>body{{font:16px sans-serif;margin:2rem;"
         f"background:linear-gradient(#fff,#def)}}h2{{color:#036}}</style>{text}",
    "/high": "<!doctype html><title>High</title><body style='margin:0;height:20000px;"
             "background:repeating-linear-gradient(#0c3 0 100px,#00f 100px 200px)'>",
}


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = pages.get(self.path, "").encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


site = http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["SITE_PORT"])), Site)
threading.Thread(target=site.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{site.server_address[1]}"
local = threading.local()


def connection():
    """One for each thread, which is kept."""
    if not hasattr(local, "connection"):
        local.connection = http.client.HTTPSConnection(
            urllib.parse.urlsplit(api).netloc, context=ssl._create_unverified_context())
    return local.connection


def screenshot(path="/", **options):
    start = time.monotonic()
    connection().request(
        "POST", urllib.parse.urlsplit(api).path, json.dumps({"url": url + path, **options}),
        {"Content-Type": "application/json", "Prefer": "wait=30", "Accept": "image/png"})
    image = connection().getresponse().read()
    if not image.startswith(b"\x89PNG"):
        raise SystemExit(image.decode(errors="replace"))
    return time.monotonic() - start


def one_shot():
    with tempfile.TemporaryDirectory() as profile:
        start = time.monotonic()
        subprocess.run(
            [browser, "--headless", "--hide-scrollbars", "--window-size=1280,800", "--no-first-run",
             f"--user-data-dir={profile}", f"--screenshot={profile}/page.png", *flags, url + "/"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.monotonic() - start


def tree(pid):
    found, todo = [], [pid]
    while todo:
        pid = todo.pop()
        found.append(pid)
        try:
            for task in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{task}/children") as children:
                    todo += map(int, children.read().split())
        except OSError:
            pass
    return found


def pss(pids):
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/smaps_rollup") as lines:
                total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except (OSError, StopIteration):
            pass
    return total // 1024


def state():
    pids = tree(server)
    return {"processes": len(pids), "server MiB": pss([server]), "browsers MiB": pss(pids[1:]),
            "descriptors": len(os.listdir(f"/proc/{server}/fd"))}


def measure(name, work, count):
    start = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        times = sorted(pool.map(lambda _: work(), range(count)))
    rate = count / (time.monotonic() - start)
    p50, p99 = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * .99))]
    print(f"{name}: {rate:.2f} shots/s, p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms", flush=True)
    return rate, p50


for _ in range(6):
    screenshot()
print("at the start", state())
ours = measure("gatehouse", screenshot, min(shots, 60))
other = measure(os.path.basename(browser) + " --screenshot", one_shot, min(shots, 30))
print(f"rate {ours[0] / other[0]:.1f} times, p50 {ours[1] / other[1]:.2f} of the other")
connection().close()  # the server does not keep it for as long as the measurements take
print(f"20,000 pixels: {screenshot('/high', fullPage=True):.1f} s", state())
if shots > 60:
    measure("more", screenshot, shots - 60)
print("at the end", state())
