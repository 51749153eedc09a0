// Procedures lived from end to end over HTTP, on each engine, and then the whole history checked.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { badInput } from "./bad_input.mjs";
import { House, engines } from "./house.mjs";
import { licence } from "./licence.mjs";
import { measures } from "./measures.mjs";
import { refusal } from "./refusal.mjs";
import { tickets } from "./tickets.mjs";
import { Visitor } from "./visitor.mjs";

for (const engine of engines) {
    describe(engine.name, () => {
        const life = {};
        before(async () => {
            life.house = await House.open(engine);
            life.officer = await new Visitor(life.house.url).signIn("officer@demo.example");
            life.director = await new Visitor(life.house.url).signIn("director@demo.example");
        });
        after(async () => life.house?.close());

        it("a demonstration has open dossiers in every state, and something to sign", async () => {
            for (const state of ["being_deposited", "under_review", "awaiting_paper", "awaiting_information", "proposed"]) {
                await life.officer.get(`/queue?state=${state}`);
                assert.match(life.officer.html, /\/queue\/\d+/, `no dossier is ${state}`);
            }
            await life.director.get("/signatures");
            assert.match(life.director.html, /\/signatures\/\d+/);
        });
        licence(life);
        refusal(life);
        measures(life);
        badInput(life);
        tickets(life);

        it("the whole history holds: every leaf, every projection, every paper", async () => {
            await life.house.stop();
            assert.match(life.house.markaz("log verify", "--full"), /demo\.markaz\.example/);
            assert.match(life.house.markaz("audit"), / 0 faults/);
            assert.match(life.house.markaz("rebuild"), / 0 of \d+ tables differed/);
            assert.ok(!/ERR_INTERNAL|Assertion|"level":"error"/.test(life.house.said), life.house.said);
        });
    });
}
