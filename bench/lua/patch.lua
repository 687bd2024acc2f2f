dofile(os.getenv("BENCH_LUA") .. "/common.lua")

local fields = { "company", "city", "description", "lastname", "address" }
local words = { "Riverside", "Northern", "Golden", "Silver", "Metro", "Harbour", "Lotus", "Summit", "Banyan", "Cedar" }

function init() seed() end

function request()
  local value = words[math.random(#words)] .. " " .. words[math.random(#words)] .. " " .. math.random(100000)
  return wrk.format("PATCH", "/api/v2/contacts/" .. math.random(count), headers,
    '{"' .. fields[math.random(#fields)] .. '":"' .. value .. '"}')
end
