dofile(os.getenv("BENCH_LUA") .. "/hot.lua")

-- One idempotency key for all clients, another one each second.
function init() seed() end

function request()
  local key = round .. " " .. os.time()
  headers["Idempotency-Key"] = key
  return wrk.format("POST", "/api/v2/groups", headers, '{"name":"Key ' .. key .. '"}')
end
