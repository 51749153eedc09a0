// The interface for machines says what the routes and the law say.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person, found, run } from "./theft_house.mjs";

const routes = run("help", "--routes").trim().split("\n").map((line) => JSON.parse(line));
let house;
let nobody;

before(async () => {
    house = await found({ people: { applicant: [] } });
    nobody = new Person(house);
});
after(() => house?.stop());

async function json(path, status = 200) {
    const answer = await nobody.get(path);
    assert.equal(answer.status, status, path);
    assert.match(answer.headers.get("content-type"), /^application\/json/, path);
    return JSON.parse(answer.text);
}

test("the description names every address for machines with its parts, and no page", async () => {
    const { openapi, paths } = await json("/api/v1/openapi.json");
    assert.match(openapi, /^3\.1\./);
    const wanted = [...new Set(routes.map((row) => row.pattern).filter((pattern) => pattern.startsWith("/api/v1/")))];
    assert.deepEqual(Object.keys(paths).sort(), wanted.sort());
    const names = new Set();
    for (const [path, methods] of Object.entries(paths)) {
        const parts = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
        for (const [method, operation] of Object.entries(methods)) {
            assert.deepEqual(operation.parameters.map((one) => one.name), parts, `${method} ${path}`);
            assert.ok(!names.has(operation.operationId), operation.operationId);
            names.add(operation.operationId);
        }
    }
    assert.ok(paths["/api/v1/tickets"].post);
    assert.equal(paths["/api/v1/tickets"].get, undefined);
});

test("the schema of a check is its facts", async () => {
    const { components } = await json("/api/v1/openapi.json");
    const facts = components.schemas["production-licence"].properties;
    assert.deepEqual(facts.legal_form.enum, ["SA", "SARL", "OTHER"]);
    assert.equal(facts.capital_fully_paid.type, "boolean");
    const asked = encodeURIComponent(JSON.stringify({ legal_form: "OTHER" }));
    const { failed, missing } = await json(`/api/v1/checks/production-licence?facts=${asked}&as_of=2026-11-21`);
    assert.deepEqual(failed, ["18.23/2/1.a"]);
    for (const fact of missing) assert.ok(fact in facts, fact);
});

test("norms come in three languages, all or of one text", async () => {
    const all = await json("/api/v1/law/norms");
    const some = await json("/api/v1/law/norms?text=18.23");
    assert.match(all.root, /^[0-9a-f]{64}$/);
    assert.ok(some.norms.length > 0 && some.norms.length < all.norms.length);
    assert.ok(some.norms.every((norm) => norm.text === "18.23"));
    for (const norm of all.norms) for (const lang of ["ar", "fr", "en"]) assert.ok(norm.says[lang], norm.id);
    assert.deepEqual((await json("/api/v1/law/norms?text=nothing")).norms, []);
});

test("procedures come as the law declares them; one that is not there is not found", async () => {
    const { procedures } = await json("/api/v1/procedures");
    for (const { name, title } of procedures) {
        const whole = await json(`/api/v1/procedures/${name}`);
        assert.deepEqual(whole.title, title);
        for (const paper of whole.documents) assert.ok(paper.code && paper.norms.length > 0, name);
    }
    assert.ok(procedures.some((one) => one.name === "production-licence"));
    assert.equal((await json("/api/v1/procedures/nothing", 404)).error.code, "ERR_NOT_FOUND");
});
