dofile(os.getenv("BENCH_LUA") .. "/common.lua")

-- +91 70 is not among the filled numbers; a range of its own per round and thread keeps all phones new.
local statuses = lines("statuses")
local phone = 0
local given = { "Asha", "Bruno", "Carla", "Dmitri", "Elif", "Farid", "Gita", "Hugo", "Ines", "Jamal", "Kavya", "Liam" }
local family = { "Almeida", "Bhatt", "Costa", "Dubois", "Eriksen", "Farouk", "Gomez", "Hansen", "Iyer", "Johnson", "Kim", "Lopez" }

function init()
  seed()
  phone = (round * 10 + number) * 1000000
end

function request()
  local contacts = {}
  for at = 1, 100 do
    phone = phone + 1
    local first, last = given[math.random(#given)], family[math.random(#family)]
    contacts[at] = '{"firstname":"' .. first .. '","lastname":"' .. last .. '","type":"lead","phone":"+9170' .. string.format("%08d", phone)
      .. '","email":"' .. first .. "." .. last .. phone .. '@batch.example","company":"' .. last .. " & " .. family[math.random(#family)]
      .. '","status_id":' .. statuses[math.random(#statuses)] .. ',"source_id":1}'
  end
  return wrk.format("POST", "/api/v2/contacts/batch", headers, '{"contacts":[' .. table.concat(contacts, ",") .. "]}")
end

-- A batch answers 200 whatever became of its rows, so a failed row is counted here.
failedBatches = 0
function response(status, _, body)
  if status == 200 and not body:find('"failed":0', 1, true) then failedBatches = failedBatches + 1 end
end

local workers = {}
function setup(thread)
  workers[#workers + 1] = thread
  thread:set("number", #workers)
end

function done(summary, latency)
  local failed = 0
  for _, thread in ipairs(workers) do failed = failed + thread:get("failedBatches") end
  io.write(string.format("RESULT %.1f %.2f %.2f %d\n",
    summary.requests * 100 / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout + failed))
end
