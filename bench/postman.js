// Sends every request of an imported collection in order, as imported, and counts the answers: postman.js COLLECTION URL TOKEN
const [file, url, token] = process.argv.slice(2);
const path = require("path");
const newman = require(require.resolve("newman", { paths: [process.cwd()] }));
const collection = require(path.resolve(file));
const answers = [];
newman
  .run({ collection, envVar: [{ key: "baseUrl", value: url }, { key: "bearerToken", value: token }], delayRequest: 50 })
  .on("request", (error, { response, item }) => answers.push([response ? response.code : String(error), item.name]))
  .on("done", () => {
    for (const [code, name] of answers) console.log(String(code).padEnd(4), name);
    const good = answers.filter(([code]) => code >= 200 && code < 300).length;
    console.log(`postman: ${good} of ${answers.length} requests answered 2xx in order as imported`);
  });
