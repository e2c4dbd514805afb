#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Packs the portable program: an archive, a wheel, an SBOM and their checksums.

The same inputs give the same bytes: entries are sorted, and every time is
SOURCE_DATE_EPOCH (default: the date of the last commit).
"""

import argparse
import base64
import hashlib
import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tarfile
import time
import zipfile

# The glibc of Debian 12: older systems than that cannot run the program.
GLIBC_FLOOR = (2, 36)
# Debian's packages whose archives are inside, with their licences in SPDX's terms.
INSIDE = {
    "libclang-{llvm}-dev": "Apache-2.0 WITH LLVM-exception",
    "llvm-{llvm}-dev": "Apache-2.0 WITH LLVM-exception",
    "libclang-common-{llvm}-dev": "Apache-2.0 WITH LLVM-exception",
    "libzstd-dev": "BSD-3-Clause",
    "zlib1g-dev": "Zlib",
    "libstdc++-12-dev": "GPL-3.0-or-later WITH GCC-exception-3.1",
}


class CannotPack(Exception):
    """Why nothing was packed, and the remedy."""


# --- What goes in -------------------------------------------------------------


def required_glibc(program):
    """The newest version of glibc that a symbol of the program needs."""
    symbols = subprocess.run(
        ["objdump", "-T", program], capture_output=True, text=True, check=True
    ).stdout
    versions = re.findall(r"GLIBC_(\d+)\.(\d+)", symbols)
    return max((int(major), int(minor)) for major, minor in versions)


def check_program(program):
    newest = required_glibc(program)
    if newest > GLIBC_FLOOR:
        raise CannotPack(
            "the program needs glibc {}.{}, the floor is {}.{}: build it on an older"
            " system, or raise GLIBC_FLOOR".format(*newest, *GLIBC_FLOOR)
        )
    needed = subprocess.run(
        ["objdump", "-p", program], capture_output=True, text=True, check=True
    ).stdout
    own = r"(libc|libm|libdl|libpthread|librt|ld-linux-x86-64)\.so\.\d+"
    for library in re.findall(r"NEEDED +(\S+)", needed):
        if not re.fullmatch(own, library):
            raise CannotPack(f"the program loads {library}, which glibc does not bring")


def make_tree(options, tree):
    """Lays out bin, lib, libexec and share as they are unpacked."""
    shutil.rmtree(tree, ignore_errors=True)
    for directory in ("bin", "lib/clang", "libexec", "share/corolint"):
        os.makedirs(os.path.join(tree, directory))
    program = os.path.join(tree, "libexec/corolint")
    subprocess.run(["strip", "-o", program, options.program], check=True)
    check_program(program)
    for name in ("corolint", "corolint-clangd"):
        write_launcher(options.source, os.path.join(tree, "bin", name))
    resources = os.path.join(tree, "lib/clang", options.llvm)
    shutil.copytree(
        os.path.join(options.resources, "include"),
        os.path.join(resources, "include"),
        symlinks=False,
        ignore=unused_headers,
    )
    share = os.path.join(tree, "share/corolint")
    shutil.copytree(
        os.path.join(options.source, "tools/hooks"),
        os.path.join(share, "hooks"),
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    for pages in ("docs/checks", "docs/ci"):
        shutil.copytree(
            os.path.join(options.source, pages),
            os.path.join(tree, f"share/corolint-{options.llvm}", pages),
        )
    shutil.copytree(
        os.path.join(options.source, "docs/man"), os.path.join(tree, "share/man/man1")
    )
    for shell, place in (
        ("bash", "bash-completion/completions/corolint"),
        ("zsh", "zsh/site-functions/_corolint"),
        ("fish", "fish/vendor_completions.d/corolint.fish"),
    ):
        target = os.path.join(tree, "share", place)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy(
            os.path.join(options.source, f"tools/corolint/corolint.{shell}"), target
        )
    include = os.path.join(tree, "include/corolint")
    os.makedirs(include)
    shutil.copy(
        os.path.join(options.source, "include/corolint/annotations.h"), include
    )
    shutil.copy(os.path.join(options.source, "LICENSE"), share)


def write_launcher(source, target):
    """The script that users start. If the program cannot run, it prints the reason."""
    with open(os.path.join(source, "cmake/packaging/launcher.sh"), encoding="utf-8") as file:
        text = file.read().replace("@GLIBC@", "{}.{}".format(*GLIBC_FLOOR))
    with open(target, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(target, 0o755)


def unused_headers(directory, names):
    """Headers for offloading, which no check reads, are a third of the size."""
    return {name for name in names if name in ("cuda_wrappers", "openmp_wrappers")}


def entries(tree):
    """(path in the archive, path on disk), sorted; directories end with '/'."""
    for directory, subdirectories, names in os.walk(tree):
        subdirectories.sort()
        for name in sorted(names):
            path = os.path.join(directory, name)
            yield os.path.relpath(path, tree), path


def mode_of(path):
    executable = os.stat(path).st_mode & stat.S_IXUSR
    return 0o755 if executable else 0o644


# --- The archive --------------------------------------------------------------


def write_archive(tree, name, epoch, target):
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for inside, path in entries(tree):
            info = archive.gettarinfo(path, f"{name}/{inside}")
            info.uid = info.gid = 0
            info.uname = info.gname = "root"
            info.mtime = epoch
            info.mode = mode_of(path)
            with open(path, "rb") as file:
                archive.addfile(info, file)
    with open(target, "wb") as file:
        # One thread: several may cut the blocks elsewhere on another machine.
        subprocess.run(
            ["zstd", "-q", "-12", "-c", "--single-thread"],
            input=plain.getvalue(),
            stdout=file,
            check=True,
        )


# --- The wheel ----------------------------------------------------------------

LAUNCHER = '''"""corolint: checks for C++20 coroutines. The program is in this package."""

import os
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "root")


def start(name):
    program = os.path.join(ROOT, "bin", name)
    os.environ.setdefault("COROLINT_PYTHON", sys.executable)
    os.execv(program, [program, *sys.argv[1:]])


def main():
    start("corolint")


def clangd():
    start("corolint-clangd")
'''

METADATA = """Metadata-Version: 2.1
Name: corolint
Version: {version}
Summary: Checks that C++20 coroutines do not yield, block or wait where they must not
License: Apache-2.0 WITH LLVM-exception
Classifier: Programming Language :: C++
Classifier: Topic :: Software Development :: Quality Assurance
Requires-Python: >=3.8
Description-Content-Type: text/markdown

{description}"""

WHEEL = """Wheel-Version: 1.0
Generator: corolint
Root-Is-Purelib: false
Tag: {tag}
"""


def write_wheel(options, tree, epoch, target, tag):
    information = f"corolint-{options.version}.dist-info"
    with open(os.path.join(options.source, "README.md"), encoding="utf-8") as file:
        description = file.read()
    texts = {
        "corolint/__init__.py": LAUNCHER,
        "corolint/__main__.py": "from corolint import main\n\nmain()\n",
        f"{information}/METADATA": METADATA.format(
            version=options.version, description=description
        ),
        f"{information}/WHEEL": WHEEL.format(tag=tag),
        f"{information}/entry_points.txt": (
            "[console_scripts]\ncorolint = corolint:main\n"
            "corolint-clangd = corolint:clangd\n"
        ),
    }
    stamp = time.gmtime(max(epoch, 315532800))[:6]  # zip begins in 1980
    record = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as wheel:

        def add(name, content, mode):
            info = zipfile.ZipInfo(name, stamp)
            info.external_attr = (stat.S_IFREG | mode) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            wheel.writestr(info, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
            record.append(f"{name},sha256={digest.decode().rstrip('=')},{len(content)}")

        for name, text in texts.items():
            add(name, text.encode(), 0o644)
        for inside, path in entries(tree):
            with open(path, "rb") as file:
                add(f"corolint/root/{inside}", file.read(), mode_of(path))
        record.append(f"{information}/RECORD,,\n")
        info = zipfile.ZipInfo(f"{information}/RECORD", stamp)
        info.external_attr = (stat.S_IFREG | 0o644) << 16
        wheel.writestr(info, "\n".join(record))


# --- What is inside -----------------------------------------------------------


def installed_version(package):
    shown = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Version}", package],
        capture_output=True,
        text=True,
        check=False,
    )
    if shown.returncode:
        raise CannotPack(f"the SBOM needs the version of {package}: install it")
    return shown.stdout


def write_sbom(options, epoch, target):
    created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch))
    packages = [("corolint", options.version, "Apache-2.0 WITH LLVM-exception")]
    for name, licence in INSIDE.items():
        package = name.format(llvm=options.llvm)
        packages.append((package, installed_version(package), licence))

    def identifier(name):
        return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)

    document = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"corolint-{options.version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/corolint-{options.version}",
        "creationInfo": {"created": created, "creators": ["Tool: corolint"]},
        "packages": [
            {
                "SPDXID": identifier(name),
                "name": name,
                "versionInfo": version,
                "downloadLocation": "NOASSERTION",
                "filesAnalyzed": False,
                "licenseConcluded": licence,
                "licenseDeclared": licence,
                "copyrightText": "NOASSERTION",
            }
            for name, version, licence in packages
        ],
        "relationships": [
            {
                "spdxElementId": "SPDXRef-DOCUMENT",
                "relationshipType": "DESCRIBES",
                "relatedSpdxElement": "SPDXRef-corolint",
            }
        ]
        + [
            {
                "spdxElementId": "SPDXRef-corolint",
                "relationshipType": "STATIC_LINK",
                "relatedSpdxElement": identifier(name),
            }
            for name, _, _ in packages[1:]
        ],
    }
    with open(target, "w", encoding="utf-8") as file:
        json.dump(document, file, indent=2)
        file.write("\n")


def write_sums(paths, target):
    with open(target, "w", encoding="utf-8") as file:
        for path in sorted(paths):
            with open(path, "rb") as content:
                digest = hashlib.sha256(content.read()).hexdigest()
            print(f"{digest}  {os.path.basename(path)}", file=file)


# --- The command --------------------------------------------------------------


def epoch_of(source):
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    shown = subprocess.run(
        ["git", "-C", source, "log", "-1", "--format=%ct"],
        capture_output=True,
        text=True,
        check=False,
    )
    return int(shown.stdout) if shown.returncode == 0 else 315532800


def parse_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, help="what the build made")
    parser.add_argument("--source", required=True, help="corolint's repository")
    parser.add_argument("--resources", required=True, help="Clang's resource directory")
    parser.add_argument("--llvm", required=True, help="LLVM's major version")
    parser.add_argument("--version", required=True, help="corolint's version")
    parser.add_argument("--output", required=True, help="an existing directory")
    return parser.parse_args(arguments)


def main(arguments):
    options = parse_options(arguments)
    epoch = epoch_of(options.source)
    name = f"corolint-{options.version}-linux-x86_64"
    tree = os.path.join(options.output, name)
    tag = "py3-none-manylinux_{}_{}_x86_64".format(*GLIBC_FLOOR)
    archive = f"{tree}.tar.zst"
    wheel = os.path.join(options.output, f"corolint-{options.version}-{tag}.whl")
    sbom = os.path.join(options.output, f"corolint-{options.version}.spdx.json")
    installer = os.path.join(options.output, "install-portable.sh")
    try:
        make_tree(options, tree)
        write_archive(tree, name, epoch, archive)
        write_wheel(options, tree, epoch, wheel, tag)
        write_sbom(options, epoch, sbom)
        shutil.copy(f"{options.source}/docs/ci/install-portable.sh", installer)
    except (CannotPack, OSError, subprocess.CalledProcessError) as error:
        print(f"portable.py: error: {error}", file=sys.stderr)
        return 2
    write_sums([archive, wheel, sbom, installer], os.path.join(options.output, "SHA256SUMS"))
    for path in (archive, wheel, sbom):
        print(f"{path} ({os.path.getsize(path) / 1e6:.0f} MB)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
