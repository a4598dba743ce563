#!/usr/bin/env bash
# Measures Heed beside what a user would run instead, in turn (A B A B ...), and writes the medians, spreads and ratios to
# docs/results/performance.md. Wants a machine that does nothing else; says so when it is not.
#   bench/side-by-side.sh                        everything, 5 rounds: about 15 minutes
#   bench/side-by-side.sh --only 'decode small'  the rows whose name contains the words; prints the table, changes no page
#   bench/side-by-side.sh --rounds 1 --print     a quick look; changes no page
# Options: --rounds N   --threads N   --only WORDS   --print   --list   --onnxruntime DIR (a folder with node_modules/onnxruntime-node)
# Peers: the scripts of ../shared/peers. Theirs need a Python that imports torch (Debian: apt-get install python3-torch
# libopenblas0-pthread, then /usr/bin/python3); PYTHON=... names another one. Rows whose peer is missing are measured alone.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=5 threads=2 only= page=docs/results/performance.md list= onnxruntime=
while [ $# -gt 0 ]; do
  case $1 in
    --rounds) rounds=$2; shift 2 ;;
    --threads) threads=$2; shift 2 ;;
    --only) only=$2 page=; shift 2 ;;
    --print) page=; shift ;;
    --list) list=1; shift ;;
    --onnxruntime) onnxruntime=$(realpath "$2"); export NODE_PATH=$onnxruntime/node_modules; shift 2 ;;
    -h|--help) sed -n '2,9s/^# \?//p' "$0"; exit 0 ;;
    *) echo "unknown option $1; see $0 --help" >&2; exit 2 ;;
  esac
done

peers=$(realpath ../shared/peers 2>/dev/null || true)
heed=bench/Heed.Benchmarks/bin/Release/net10.0/Heed.Benchmarks
python=
for candidate in ${PYTHON:-} python3 /usr/bin/python3 python; do
  if command -v "$candidate" >/dev/null && "$candidate" -c 'import torch' 2>/dev/null; then python=$candidate; break; fi
done
runs=bench/Heed.Benchmarks/bin/side-by-side.jsonl
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { printf '%(%H:%M:%S)T %s\n' -1 "$*" >&2; }
wanted() { [ -z "$only" ] || [[ $1 == *"$only"* ]]; }

# side NAME-OF-ROW SIDE COMMAND...: runs a program and keeps every JSON line that it prints.
side() {
  local row=$1 side=$2 line command; shift 2
  command=${*//"$peers"/../shared/peers}
  command=${command//"$work/"/}
  say "round $round of $rounds: $row, $side"
  if ! "$@" >"$work/out" 2>"$work/err"; then
    echo "failed: $*" >&2; tail -n 5 "$work/err" >&2; return
  fi
  while IFS= read -r line; do
    case $line in "{"*) printf '{"round":%d,"row":"%s","side":"%s","command":"%s","line":%s}\n' "$round" "$row" "$side" "$command" "$line" >>"$runs" ;; esac
  done <"$work/out"
}

# row NAME "HEED'S COMMAND" ["PEER'S COMMAND"]
row() {
  if [ -n "$list" ]; then [ "$round" -gt 1 ] || echo "$1"; return; fi
  wanted "$1" || return 0
  side "$1" Heed $heed $2
  if [ -n "${3:-}" ]; then side "$1" peer $3; fi
}

torch() { if [ -n "$python" ] && [ -n "$peers" ]; then echo "$python $peers/$*"; fi; }

all_rows() {
  row peaks "roofline --peaks --threads $threads"
  row gemm "gemm --threads $threads" "$(torch torch_gemm.py $threads)"
  row "train small" "train small --threads $threads --steps 15" "$(torch torch_seq2seq_train.py --threads $threads --steps 6 --warmup 2)"
  row "train base" "train base --threads $threads --steps 5" "$(torch torch_seq2seq_train.py --threads $threads --steps 3 --warmup 1 --d-model 512 --heads 8 --layers 6 --ff 2048)"
  row "train gpt2" "train gpt2 --threads $threads --steps 6"
  row "decode small, beam 4, batch 32" "decode small --beam 4 --batch 32 --threads $threads --seconds 2"
  row "decode small, greedy, batch 1" "decode small --beam 1 --batch 1 --threads $threads --seconds 2"
  row "decode base, beam 4, batch 32" "decode base --beam 4 --batch 32 --threads $threads --seconds 3"
  row "decode base, greedy, batch 1" "decode base --beam 1 --batch 1 --threads $threads --seconds 2"
  row attention "attention --tokens 8192 --threads $threads"
  if [ -n "$onnxruntime" ]; then
    python3 "$peers/onnxruntime/make_matmul_onnx.py" 768 3072 "$work/matmul.onnx"
    row onnx "gemm --threads $threads --shapes 1x768x3072,16x768x3072,64x768x3072,256x768x3072,1024x768x3072" "node $work/onnx.cjs"
  fi
}

if [ -z "$list" ]; then
  [ -n "$peers" ] || say "../shared/peers is not there: no peer is measured"
  [ -n "$python" ] || say "no Python imports torch: PyTorch is not measured (Debian: apt-get install python3-torch libopenblas0-pthread)"
  say "building"
  dotnet build bench/Heed.Benchmarks -c Release -v quiet >"$work/build" || { cat "$work/build"; exit 1; }
  awk '$1 > 0.7 { print "warning: the machine is not quiet (load " $1 "): two-thread figures will be wrong" }' /proc/loadavg >&2
  if [ -n "$onnxruntime" ]; then # the peer's script measures 1 and 2 threads; keep ours
    cat >"$work/onnx.cjs" <<JS
const log = console.log; console.log = line => { if (JSON.parse(line).threads === $threads) log(line); };
process.argv.splice(2, 0, "$work/matmul.onnx", "768", "3072"); require("$peers/onnxruntime/bench.cjs");
JS
  fi
  : >"$runs"
fi
for ((round = 1; round <= rounds; round++)); do
  all_rows
  [ -z "$list" ] || break
done
[ -z "$list" ] || exit 0
say "done"
if [ -n "$page" ]; then
  $heed report "$runs" --page "$page" --note "Measured on $(date -u +%F) at commit $(git rev-parse --short HEAD), in this way:"
  $heed roofline --threads "$threads" --out docs/results/roofline.svg >"$work/roofline"
  say "wrote $page and docs/results/roofline.svg; the single runs are in $runs"
else
  $heed report "$runs"
fi
