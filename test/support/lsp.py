# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A minimal client of a language server, for tests and benchmarks."""

import json
import os
import queue
import subprocess
import threading
import time

TIMEOUT = 60  # seconds: a loaded machine with sanitised neighbours


class Document:
    """A file open in the editor. Each edit replaces all of its text."""

    def __init__(self, client, path, text):
        self.client = client
        self.uri = "file://" + os.path.abspath(path)
        self.version = 1
        self.text = text
        client.notify(
            "textDocument/didOpen",
            {
                "textDocument": {
                    "uri": self.uri,
                    "languageId": "cpp",
                    "version": self.version,
                    "text": text,
                }
            },
        )

    def change(self, text):
        self.version += 1
        self.text = text
        self.client.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": self.uri, "version": self.version},
                "contentChanges": [{"text": text}],
                "wantDiagnostics": True,
            },
        )

    def diagnostics(self):
        """Waits for the diagnostics of the current version and returns them."""
        return self.client.wait_for(
            lambda message: message.get("method") == "textDocument/publishDiagnostics"
            and message["params"]["uri"] == self.uri
            and message["params"].get("version") == self.version
        )["params"]["diagnostics"]

    def code_actions(self, diagnostic):
        return self.client.request(
            "textDocument/codeAction",
            {
                "textDocument": {"uri": self.uri},
                "range": diagnostic["range"],
                "context": {"diagnostics": [diagnostic]},
            },
        )

    def hover(self, line, character):
        return self.client.request(
            "textDocument/hover",
            {
                "textDocument": {"uri": self.uri},
                "position": {"line": line, "character": character},
            },
        )

    def applied(self, edits):
        """The text after the edits of a code action. Lines count from 0."""
        lines = self.text.split("\n")
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)

        def offset(position):
            return starts[position["line"]] + position["character"]

        text = self.text
        for edit in sorted(edits, key=lambda e: -offset(e["range"]["start"])):
            begin, end = (offset(edit["range"][side]) for side in ("start", "end"))
            text = text[:begin] + edit["newText"] + text[end:]
        return text


class Client:
    """Starts a server and exchanges messages with it. Use as a context manager."""

    def __init__(self, command, directory, environment=None):
        self.log = ""
        self.received = queue.Queue()
        self.last_id = 0
        self.process = subprocess.Popen(
            command,
            cwd=directory,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.readers = [
            threading.Thread(target=target, daemon=True)
            for target in (self._read, self._read_log)
        ]
        for reader in self.readers:
            reader.start()
        self.capabilities = self.request(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": "file://" + os.path.abspath(directory),
                "capabilities": {
                    "textDocument": {
                        "publishDiagnostics": {
                            "relatedInformation": True,
                            "codeDescriptionSupport": True,
                            "codeActionsInline": False,
                        },
                        "codeAction": {
                            "codeActionLiteralSupport": {
                                "codeActionKind": {"valueSet": ["quickfix"]}
                            }
                        },
                    }
                },
            },
        )
        self.notify("initialized", {})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            try:
                self.request("shutdown", None)
                self.notify("exit", None)
                self.process.wait(TIMEOUT)
            except (OSError, TimeoutError, subprocess.TimeoutExpired):
                self.process.kill()
                self.process.wait()
        for reader in self.readers:
            reader.join()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()

    def _read(self):
        while True:
            length = 0
            while (line := self.process.stdout.readline().strip()) != b"":
                name, value = line.split(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                return
            self.received.put(
                (time.perf_counter(), json.loads(self.process.stdout.read(length)))
            )

    def _read_log(self):
        for line in self.process.stderr:
            self.log += line.decode(errors="replace")

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def notify(self, method, parameters):
        self._send({"method": method, "params": parameters})

    def request(self, method, parameters):
        self.last_id += 1
        wanted = self.last_id
        self._send({"id": wanted, "method": method, "params": parameters})
        answer = self.wait_for(
            lambda message: message.get("id") == wanted and "method" not in message
        )
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def wait_for(self, wanted, timeout=TIMEOUT):
        """The next message that is wanted. Other messages are dropped."""
        end = time.monotonic() + timeout
        while (left := end - time.monotonic()) > 0:
            try:
                self.arrived, message = self.received.get(timeout=min(left, 1))
            except queue.Empty:
                if self.process.poll() is not None:
                    raise RuntimeError(f"the server exited: {self.log}") from None
                continue
            if wanted(message):
                return message
        raise TimeoutError(f"no answer in {timeout} s; the log:\n{self.log}")
