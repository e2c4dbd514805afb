# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""corolint under Bazel.

    bazel build //... --aspects=@corolint//tools/bazel:corolint.bzl%corolint \
      --output_groups=corolint_tidy          # each file alone, by the plugin
    corolint_index(name = "program", deps = ["//server"])  # the whole program

Summaries are made by actions, one a source, that Bazel caches and may run
elsewhere. Driver, plugin and clang-tidy are labels.
"""

load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")
load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "ACTION_NAMES")

CorolintInfo = provider(
    doc = "Shards of a target and of all that it depends on.",
    fields = {"shards": "depset of files"},
)

_SOURCES = ["c", "cc", "cpp", "cxx", "c++", "C"]

def _flags(ctx, target):
    """The flags with which the target's sources are compiled."""
    toolchain = find_cpp_toolchain(ctx)
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        unsupported_features = ctx.disabled_features,
    )
    context = target[CcInfo].compilation_context
    variables = cc_common.create_compile_variables(
        feature_configuration = features,
        cc_toolchain = toolchain,
        user_compile_flags = ctx.fragments.cpp.copts +
                             ctx.fragments.cpp.cxxopts +
                             getattr(ctx.rule.attr, "copts", []),
        include_directories = context.includes,
        quote_include_directories = context.quote_includes,
        system_include_directories = context.system_includes,
        preprocessor_defines = depset(transitive = [
            context.defines,
            context.local_defines,
        ]),
    )
    return toolchain, cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = ACTION_NAMES.cpp_compile,
        variables = variables,
    )

def _corolint_impl(target, ctx):
    below = []
    for name in ["deps", "implementation_deps"]:
        for dependency in getattr(ctx.rule.attr, name, []):
            if CorolintInfo in dependency:
                below.append(dependency[CorolintInfo].shards)
    shards, tidied = [], []
    if CcInfo in target and hasattr(ctx.rule.attr, "srcs"):
        toolchain, flags = _flags(ctx, target)
        headers = target[CcInfo].compilation_context.headers
        sources = [
            file
            for label in ctx.rule.attr.srcs
            for file in label.files.to_list()
        ]
        inputs = depset(
            sources + ctx.files._config,
            transitive = [headers, toolchain.all_files],
        )
        for source in sources:
            if source.extension not in _SOURCES:
                continue
            stem = "%s.corolint/%s" % (target.label.name, source.short_path)
            shard = ctx.actions.declare_file(stem + ".shard")
            shards.append(shard)
            ctx.actions.run(
                executable = ctx.executable._driver,
                arguments = [
                    "extract", source.path, "--root", ".", "-o", shard.path,
                    "--", "clang++",
                ] + flags + [source.path],
                inputs = inputs,
                outputs = [shard],
                mnemonic = "CorolintExtract",
                progress_message = "corolint %s" % source.short_path,
            )
            report = ctx.actions.declare_file(stem + ".txt")
            tidied.append(report)
            ctx.actions.run_shell(
                # Check first that the plugin loads: clang-tidy ignores one that
                # it cannot load.
                command = """set -eu
tidy=$1 plugin=$2 source=$3 report=$4; shift 4
"$tidy" --load="$plugin" '--checks=-*,coro-*' --list-checks | grep -q coro-
"$tidy" --load="$plugin" '--checks=-*,coro-*' --quiet "$source" -- "$@" \
  > "$report" 2>/dev/null || { cat "$report" >&2; exit 1; }
""",
                arguments = [
                    ctx.executable._clang_tidy.path,
                    ctx.file._plugin.path,
                    source.path,
                    report.path,
                ] + flags,
                inputs = depset([ctx.file._plugin], transitive = [inputs]),
                tools = [ctx.executable._clang_tidy],
                outputs = [report],
                mnemonic = "CorolintTidy",
                progress_message = "clang-tidy with corolint %s" % source.short_path,
            )
    return [
        CorolintInfo(shards = depset(shards, transitive = below)),
        OutputGroupInfo(
            corolint = depset(shards),
            corolint_tidy = depset(tidied),
        ),
    ]

corolint = aspect(
    implementation = _corolint_impl,
    attr_aspects = ["deps", "implementation_deps"],
    attrs = {
        "_driver": attr.label(
            default = "//tools/bazel:driver",
            executable = True,
            allow_single_file = True,
            cfg = "exec",
        ),
        "_clang_tidy": attr.label(
            default = "//tools/bazel:clang-tidy",
            executable = True,
            allow_single_file = True,
            cfg = "exec",
        ),
        "_plugin": attr.label(
            default = "//tools/bazel:plugin",
            allow_single_file = True,
            cfg = "exec",
        ),
        "_config": attr.label(default = "//tools/bazel:config"),
        "_cc_toolchain": attr.label(
            default = "@bazel_tools//tools/cpp:current_cc_toolchain",
        ),
    },
    fragments = ["cpp"],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)

def _corolint_index_impl(ctx):
    index = ctx.actions.declare_file(ctx.label.name + ".index")
    shards = depset(transitive = [d[CorolintInfo].shards for d in ctx.attr.deps])
    arguments = ctx.actions.args()
    arguments.add("link")
    arguments.add_all(shards)
    arguments.add("-o", index)
    ctx.actions.run(
        executable = ctx.executable._driver,
        arguments = [arguments],
        inputs = shards,
        outputs = [index],
        mnemonic = "CorolintLink",
    )
    return [DefaultInfo(files = depset([index]))]

corolint_index = rule(
    implementation = _corolint_index_impl,
    doc = "The index of a whole program: for CoroIndex, explain and report.",
    attrs = {
        "deps": attr.label_list(aspects = [corolint]),
        "_driver": attr.label(
            default = "//tools/bazel:driver",
            executable = True,
            allow_single_file = True,
            cfg = "exec",
        ),
    },
)
