-- For cases that all ask for the same row: tells apart what was done, what was refused by a rule (4xx) and what failed (5xx).
dofile(os.getenv("BENCH_LUA") .. "/common.lua")

done_count, refused_count, failed_count = 0, 0, 0
local all = {}

local set_up = setup
function setup(thread)
  set_up(thread)
  all[#all + 1] = thread
end

function response(status)
  if status < 300 then done_count = done_count + 1
  elseif status < 500 then refused_count = refused_count + 1
  else failed_count = failed_count + 1 end
end

function done(summary, latency)
  local completed, refused, failed = 0, 0, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  for _, thread in ipairs(all) do
    completed = completed + thread:get("done_count")
    refused = refused + thread:get("refused_count")
    failed = failed + thread:get("failed_count")
  end
  io.write(string.format("RESULT %d %d %d %.1f %.1f\n",
    completed, refused, failed, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
