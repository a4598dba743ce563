#!/usr/bin/env bash
# Builds Heed and runs every test; the kernel tests run again with instruction sets switched off.
# Needs the .NET 10 SDK; installs the rest (Chromium, for the pages' tests) where it is missing and may.
#   ./test.sh             all tests
#   ./test.sh Heed.Text   one library's tests
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing chromium for the tests of HTML pages"
    apt-get update -qq && apt-get install -y -qq chromium >/dev/null || echo "chromium could not be installed: the page tests will be skipped"
  else
    echo "chromium is missing: the page tests will be skipped"
  fi
fi

dotnet build Heed.slnx -c Release -v quiet

passed=0 failed=0 skipped=0 broken=0
run() { # NAME-OF-RUN PROJECT [runner arguments ...]
  local name=$1 project=$2 log status=0 line; shift 2
  log=$(mktemp)
  "tests/$project/bin/Release/net10.0/$project" -noLogo "$@" >"$log" 2>&1 || status=$?
  line=$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -n 1 || true)
  if [ -z "$line" ]; then cat "$log"; echo "$name: the test program ended without a summary (exit code $status)"; broken=1; rm -f "$log"; return; fi
  local total errors fails skips
  read -r total errors fails skips < <(sed -E 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/' <<<"$line")
  if [ "$fails" -gt 0 ] || [ "$errors" -gt 0 ] || [ "$status" -ne 0 ]; then cat "$log"; [ "$fails" -gt 0 ] || broken=1; fi
  [ "$skips" -gt 0 ] && grep -E '\[SKIP\]' -A 1 "$log" | head -n 40
  [ "$total" -gt 0 ] || { echo "$name: no test ran"; broken=1; }
  passed=$((passed + total - fails - skips)) failed=$((failed + fails + errors)) skipped=$((skipped + skips))
  printf '%-44s %5d passed %3d failed %3d skipped\n' "$name" $((total - fails - skips)) "$fails" "$skips"
  rm -f "$log"
}

for directory in tests/*.Tests; do
  project=$(basename "$directory")
  [ $# -eq 0 ] || [ "$project" = "$1.Tests" ] || continue
  run "$project" "$project"
done
if [ $# -eq 0 ] || [ "$1" = Heed.Tensors ]; then
  # Every vector path against the scalar reference, on each narrower instruction set. HEED_TEST_EXPECT makes
  # InstructionSetTests fail unless the switch really took effect.
  kernels=(-namespace 'Heed.Tensors.Tests.Kernels' -namespace 'Heed.Tensors.Tests.Devices')
  DOTNET_EnableAVX512=0 HEED_TEST_EXPECT=no-avx512 run "kernels, AVX-512 off" Heed.Tensors.Tests "${kernels[@]}"
  DOTNET_EnableAVX2=0 HEED_TEST_EXPECT=no-avx2 run "kernels, AVX2 off" Heed.Tensors.Tests "${kernels[@]}"
  DOTNET_EnableHWIntrinsic=0 HEED_TEST_EXPECT=no-simd run "kernels, no SIMD" Heed.Tensors.Tests "${kernels[@]}"
fi

echo
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$broken" -eq 0 ]
