dofile(os.getenv("BENCH_LUA") .. "/hot.lua")

-- The workspace's counter of conversations: each message is to another contact, nearly each opens a window.
local phones = lines("phones")

function init() seed() end

function request()
  return wrk.format("POST", "/api/v2/messages/text", headers,
    '{"phone":"' .. phones[math.random(#phones)] .. '","message":"Your parcel ' .. math.random(1000000) .. ' is on its way"}')
end
