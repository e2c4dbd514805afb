#!/bin/bash
# The analysis as an array of Slurm jobs, each for one slice of the program:
#
#   sbatch --array=1-8 slurm.sh build shards
#   corolint link shards/*/*.shard -o build/program.index
#
# Put the database, the sources and the directory of the shards on a file system
# that all nodes share. They may also be local on each node: then collect the shards.
#SBATCH --job-name=corolint
#SBATCH --cpus-per-task=2
set -euo pipefail

exec "${COROLINT:-corolint}" extract -p "$1" --no-cache --quiet \
  -j "${SLURM_CPUS_PER_TASK:-1}" \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
  -o "$2/$SLURM_ARRAY_TASK_ID"
