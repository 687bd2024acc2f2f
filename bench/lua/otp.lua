dofile(os.getenv("BENCH_LUA") .. "/common.lua")

local phones = lines("phones")

function init() seed() end

function request()
  return wrk.format("POST", "/api/v2/auth/send-otp", headers,
    '{"phone":"' .. phones[math.random(#phones)] .. '","template_name":"login_code","language":"en_US","code":"' .. math.random(100000, 999999) .. '"}')
end
