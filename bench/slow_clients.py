"""Asks for /ping on new connections, alone or beside idle event streams; started by bench/slow-clients."""

import socket
import ssl
import statistics
import sys
import time

CONTEXT = ssl.create_default_context()
CONTEXT.check_hostname = False
CONTEXT.verify_mode = ssl.CERT_NONE
TIMEOUT = 10


def connect(port, tls):
    plain = socket.create_connection(("127.0.0.1", port), TIMEOUT)
    return CONTEXT.wrap_socket(plain, server_hostname="localhost") if tls else plain


def ask(port, tls):
    """Whether pong came."""
    try:
        with connect(port, tls) as connection:
            connection.sendall(b"GET /ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            answer = b""
            while more := connection.recv(4096):
                answer += more
            return answer.startswith(b"HTTP/1.1 200") and answer.endswith(b"pong")
    except OSError:
        return False


def probe(http, https, seconds):
    took = []
    unanswered = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for port, tls in ((http, False), (https, True)):
            start = time.monotonic()
            unanswered += not ask(port, tls)
            took.append((time.monotonic() - start) * 1000)
        time.sleep(0.02)
    return (
        f"{len(took)} probes, {unanswered} unanswered, "
        f"median {statistics.median(took):.1f} ms, slowest {max(took):.0f} ms"
    )


def open_streams(https, number):
    streams = []
    for _ in range(number):
        stream = connect(https, True)
        stream.sendall(b"GET /status/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        stream.recv(4096)
        streams.append(stream)
    return streams


def main():
    http, https, seconds = (int(argument) for argument in sys.argv[2:5])
    if sys.argv[1] == "streams":
        streams = open_streams(https, int(sys.argv[5]))
        time.sleep(2)
        print(f"{len(streams)} idle event streams: {probe(http, https, seconds)}")
    else:
        print(probe(http, https, seconds))


main()
