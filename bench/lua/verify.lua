dofile(os.getenv("BENCH_LUA") .. "/common.lua")

-- Each code once: the filled numbers are +91 71 and eight digits, a range of its own per round and thread.
local phone = 0

function init()
  seed()
  phone = round * 40000 + (number - 1) * 20000
end

function request()
  phone = phone + 1
  return wrk.format("POST", "/api/v2/auth/verify", headers, '{"phone":"+9171' .. string.format("%08d", phone) .. '","code":"482913"}')
end
