#!/bin/bash
# The analysis as an array of Slurm jobs, one slice of the program each:
#
#   sbatch --array=1-8 slurm.sh build shards
#   corolint link shards/*/*.shard -o build/program.index
#
# The database, the sources and the directory of the shards are on a file system
# that all nodes share, or at any place on each: then gather the shards.
#SBATCH --job-name=corolint
#SBATCH --cpus-per-task=2
set -euo pipefail

exec "${COROLINT:-corolint}" extract -p "$1" --no-cache --quiet \
  -j "${SLURM_CPUS_PER_TASK:-1}" \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
  -o "$2/$SLURM_ARRAY_TASK_ID"
