# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Completion for fish: install as share/fish/vendor_completions.d/corolint.fish.

for Command in corolint
    # No command yet: complete one.
    set -l None "not __fish_seen_subcommand_from check audit extract link explain ninja doctor init"
    function __corolint_option --inherit-variable Command
        set -l Commands $argv[1]
        complete -c $Command -n "__fish_seen_subcommand_from $Commands" $argv[2..-1]
    end

    complete -c $Command -n $None -f
    complete -c $Command -n $None -a check -d 'Report findings for a program'
    complete -c $Command -n $None -a audit -d 'List undescribed functions that asynchronous code calls'
    complete -c $Command -n $None -a extract -d 'Summarise units into shards'
    complete -c $Command -n $None -a link -d 'Link shards into an index'
    complete -c $Command -n $None -a explain -d 'Show a function\'s effects and their causes'
    complete -c $Command -n $None -a ninja -d 'Write a ninja graph of the analysis'
    complete -c $Command -n $None -a doctor -d 'Prove that the installation works'
    complete -c $Command -n $None -a init -d 'Write configuration for a project'
    complete -c $Command -l help -d 'Display available options'
    complete -c $Command -n $None -l version -d 'Display the version'

    __corolint_option "check audit extract explain ninja" -s p -x -a '(__fish_complete_directories)' -d 'Directory of compile_commands.json'
    __corolint_option "check audit extract explain ninja" -l root -x -a '(__fish_complete_directories)' -d 'The root of the project'
    __corolint_option "check audit extract explain ninja" -l checks -x -a '(corolint check --list-checks --checks=\'*\' 2>/dev/null)' -d 'Checks to run'
    __corolint_option "check audit extract explain" -s j -x -d 'Parallel processes'
    __corolint_option "check audit extract explain" -l cache -x -a '(__fish_complete_directories)' -d 'Directory for shards of unchanged units'
    __corolint_option "check audit extract explain" -l cache-size -x -d 'Size limit of the cache in megabytes'
    __corolint_option "check audit extract explain" -l no-cache -d 'Extract every unit'
    __corolint_option "check audit extract explain" -l no-shortcuts -d 'Parse every unit alone'
    __corolint_option "check audit extract explain" -l quiet -d 'No progress, no summary'
    __corolint_option "check audit extract init link ninja" -s o -r -d 'Write to this file'
    __corolint_option check -l output -r -d 'Write the report to this file'
    __corolint_option check -l format -x -a 'text json sarif github html' -d 'Format of the report'
    __corolint_option check -l baseline -r -d 'Omit the findings in this file'
    __corolint_option check -l write-baseline -r -d 'Accept the current findings'
    __corolint_option check -l since -x -a '(git for-each-ref --format="%(refname:short)" 2>/dev/null)' -d 'Report only findings that later changes introduce'
    __corolint_option check -l by-cause -d 'Group text by root cause'
    __corolint_option check -l list-checks -d 'List the enabled checks, and exit'
    complete -c $Command -n '__fish_seen_subcommand_from explain' -f -a '(corolint check --list-checks --checks=\'*\' 2>/dev/null)'
    __corolint_option check -l fix -d 'Apply the fixes'
    __corolint_option check -l profile -d 'Print the time of each step'
    __corolint_option "check explain doctor" -l index -r -d 'The linked index'
    __corolint_option extract -l shard -x -d 'Only the I-th of N slices'
    __corolint_option extract -l depfile -r -d 'Write the files that were read, as a Makefile rule'
    __corolint_option audit -l model -r -d 'Also write a model file to fill in'
    __corolint_option audit -l likely -d 'Only functions whose names suggest a wait'
    __corolint_option init -l force -d 'Overwrite existing files'
    __corolint_option init -l library -x -a '(__fish_complete_directories)' -d 'Draft a model of the library with these headers'
    functions --erase __corolint_option
end
