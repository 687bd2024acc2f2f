dofile(os.getenv("BENCH_LUA") .. "/hot.lua")

-- One group, which the same hundred contacts enter and leave.
local group = os.getenv("BENCH_GROUP")

function init() seed() end

function request()
  return wrk.format(math.random(2) == 1 and "POST" or "DELETE", "/api/v2/groups/" .. group .. "/contacts", headers,
    '{"contact_ids":[' .. math.random(100) .. "," .. math.random(100) .. ']}')
end
