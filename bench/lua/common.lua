-- Shared by the scripts: the token and ids of the filled tenant, and a seed per thread.
local folder = os.getenv("BENCH_FOLDER")
count = tonumber(os.getenv("BENCH_COUNT"))
round = tonumber(os.getenv("BENCH_ROUND") or "1")

function lines(name)
  local found = {}
  for line in io.lines(folder .. "/" .. name) do found[#found + 1] = line end
  return found
end

headers = { ["Authorization"] = "Bearer " .. lines("token")[1], ["Content-Type"] = "application/json" }

local threads = 0
function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function seed() math.randomseed(round * 1000 + number) end

function encode(text)
  return (text:gsub("[^%w]", function(c) return string.format("%%%02X", c:byte()) end))
end

-- wrk counts as errors what is not 2xx or 3xx, and prints it; this line is for the script that reads on.
function done(summary, latency)
  io.write(string.format("RESULT %.1f %.2f %.2f %d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
