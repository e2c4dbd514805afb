# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs a command with a Slurm of one node, on loopback, for as long as it takes.

slurm.py COMMAND...: needs to be root, as Slurm's daemons do.
"""

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

CONFIGURATION = """
ClusterName=loop
SlurmctldHost={host}(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket={work}/munge.socket
CryptoType=crypto/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation={work}/state
SlurmdSpoolDir={work}/spool
SlurmctldLogFile={work}/slurmctld.log
SlurmdLogFile={work}/slurmd.log
SlurmctldPidFile={work}/slurmctld.pid
SlurmdPidFile={work}/slurmd.pid
SlurmctldPort={first}
SlurmdPort={second}
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MinJobAge=2
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, seconds=60):
    until = time.monotonic() + seconds
    while not what():
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


def run(work, command):
    # A socket's path must be short, and munge trusts no open directory.
    daemons = []
    key = work / "munge.key"
    key.write_bytes(os.urandom(1024))
    key.chmod(0o400)
    configuration = work / "slurm.conf"
    host = socket.gethostname().split(".")[0]
    configuration.write_text(
        CONFIGURATION.format(
            host=host, work=work, cpus=os.cpu_count(),
            first=free_port(), second=free_port(),
        )
    )
    for name in ("state", "spool"):
        (work / name).mkdir()
    environment = {**os.environ, "SLURM_CONF": str(configuration)}
    path = os.environ["PATH"] + ":/usr/sbin:/sbin"
    try:
        for daemon in (
            ["munged", "--foreground", "--force", f"--key-file={key}"]
            + [f"--{name}-file={work}/munge.{name}" for name in ("pid", "log", "seed")]
            + [f"--socket={work}/munge.socket"],
            ["slurmctld", "-D"],
            ["slurmd", "-D", "-N", host],
        ):
            log = (work / f"{daemon[0]}.out").open("w")
            program = shutil.which(daemon[0], path=path)
            daemons.append(
                subprocess.Popen(
                    [program, *daemon[1:]], env=environment, stdout=log, stderr=log
                )
            )
            if daemon[0] == "munged":
                wait_for((work / "munge.socket").exists)

        def is_idle():
            info = subprocess.run(
                ["sinfo", "--noheader", "--format=%T"], env=environment,
                capture_output=True, text=True, timeout=60,
            )
            return info.stdout.strip() == "idle"

        if not wait_for(is_idle):
            for log in sorted(work.glob("*.log")):
                sys.stderr.write(f"{log}:\n{log.read_text()}\n")
            sys.exit("slurm.py: the node does not come up")
        return subprocess.run(command, env=environment, timeout=300).returncode
    finally:
        for daemon in reversed(daemons):
            daemon.send_signal(signal.SIGTERM)
            try:
                daemon.wait(timeout=20)
            except subprocess.TimeoutExpired:
                daemon.kill()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="corolint-slurm-") as directory:
        os.chmod(directory, 0o755)
        sys.exit(run(pathlib.Path(directory), sys.argv[1:]))
