#compdef corolint
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Completion for zsh: install as share/zsh/site-functions/_corolint.

local -a commands database extracting
local names # of the checks
commands=(
  'check:report findings for a program'
  'audit:list undescribed functions that asynchronous code calls'
  'extract:summarise units into shards'
  'link:link shards into an index'
  "explain:show a function's effects and their causes"
  'ninja:write a ninja graph of the analysis'
  'doctor:prove that the installation works'
  'init:write configuration for a project'
)
if ((CURRENT == 2)); then
  _describe command commands
  _arguments '--help[display available options]' '--version[display the version]'
  return
fi
names="$($words[1] check --list-checks --checks='*' 2>/dev/null)"
database=(
  '--help[display available options]'
  '-p[directory of compile_commands.json]:directory:_directories'
  '--root=[the root of the project]:directory:_directories'
  "--checks=[checks to run]:globs:($names)"
)
extracting=(
  $database
  '-j[parallel processes]:number:'
  '--cache=[directory for shards of unchanged units]:directory:_directories'
  '--cache-size=[size limit of the cache]:megabytes:'
  '--no-cache[extract every unit]'
  '--no-shortcuts[parse every unit alone]'
  '--quiet[no progress, no summary]'
)
local command=$words[2]
shift words
((CURRENT--))
case $command in
check)
  _arguments $extracting \
    '-o[write to this file]:file:_files' \
    '--output=[write the report to this file]:file:_files' \
    '--format=[format of the report]:format:(text json sarif github html)' \
    '--baseline=[omit the findings in this file]:file:_files' \
    '--write-baseline=[accept the current findings]:file:_files' \
    '--since=[report only findings that later changes introduce]:reference:(${(f)"$(git for-each-ref --format="%(refname:short)" 2>/dev/null)"})' \
    '--by-cause[group text by root cause]' \
    '--list-checks[list the enabled checks, and exit]' \
    '--fix[apply the fixes]' \
    '--index=[also write the linked index to this file]:file:_files' \
    '--profile[print the time of each step]' \
    '*:path:_files'
  ;;
audit)
  _arguments $extracting \
    '-o[write to this file]:file:_files' \
    '--model=[also write a model file to fill in]:file:_files' \
    '--likely[only functions whose names suggest a wait]' \
    '*:path:_files'
  ;;
extract)
  _arguments $extracting \
    '-o[write to this file]:file:_files' \
    '--shard=[only the I-th of N slices]:I/N:' \
    '--depfile=[write the files that were read, as a Makefile rule]:file:_files' \
    '*:path:_files'
  ;;
link)
  _arguments '--help[display available options]' '-o[write to this file]:file:_files' \
    '*:shard or index:_files'
  ;;
explain)
  _arguments $extracting '--index=[use this linked index]:file:_files' ":name:($names)"
  ;;
ninja) _arguments $database '-o[write to this file]:file:_files' ;;
doctor)
  _arguments '--help[display available options]' \
    '--index=[use this linked index]:file:_files'
  ;;
init)
  _arguments '--help[display available options]' \
    '--force[overwrite existing files]' '-o[write to this file]:file:_files' \
    '--library=[draft a model of the library with these headers]:directory:_directories' \
    ':directory:_directories'
  ;;
esac
