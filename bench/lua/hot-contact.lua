dofile(os.getenv("BENCH_LUA") .. "/hot.lua")

-- One contact, a new value each time.
function init() seed() end

function request()
  return wrk.format("PATCH", "/api/v2/contacts/1", headers, '{"description":"' .. number .. " " .. math.random(1000000000) .. '"}')
end
