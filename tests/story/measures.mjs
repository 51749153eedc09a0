// A breach after the grant: notice, suspension, cure and lifting; another one, not cured, and withdrawal.
import assert from "node:assert/strict";
import { it } from "node:test";
import { openLetter, signFirst } from "./people.mjs";
import { Visitor, textOf } from "./visitor.mjs";

const found = "حذفت الشركة الإنتاج السينمائي من غرضها في نظامها الأساسي.";

export function measures(life) {
    it("a licence is suspended after notice, lifted after the cure, and another breach not cured withdraws it", async () => {
        const { house, officer, director } = life;
        assert.ok(life.licence, "the first story leaves its licence to this one");
        const { applicant, number } = life.licence;
        await officer.get(`/register/${number}`);
        const instrument = officer.html.match(/\/instruments\/\d+/)[0];

        await breach(officer, instrument, "2026-12-20");
        await propose(officer, instrument);
        await signFirst(director, number);
        assert.equal(await status(house, number), "suspended");
        await openLetter(applicant);
        await officer.get(instrument);
        await officer.send("/observations", { observations: "سيصحح الغرض في الجمع العام المقبل." });
        await officer.send("/cure", { cured_on: "2026-11-21" });
        assert.equal(officer.status, 200, officer.text);
        await propose(officer, instrument);
        await signFirst(director, number);
        assert.equal(await status(house, number), "granted");

        await breach(officer, instrument, "2026-12-20");
        await propose(officer, instrument);
        await signFirst(director, number);
        await house.goTo("2026-12-20");
        await officer.get(instrument);
        assert.ok(!officer.html.includes('/proposal"'), "on its last day the breach may still be cured");
        await house.goTo("2026-12-21");
        await propose(officer, instrument);
        await signFirst(director, number);
        assert.equal(await status(house, number), "withdrawn");
        await house.goTo("2026-11-21");
    });
}

async function breach(officer, instrument, deadline) {
    await officer.get(instrument);
    await officer.send("/breaches", { ground: "object", found });
    assert.equal(officer.status, 200, officer.text);
    await officer.send("/notice", { deadline });
    assert.equal(officer.status, 200, officer.text);
}

async function propose(officer, instrument) {
    await officer.get(instrument);
    await officer.send("/proposal", { factual: found });
    assert.equal(officer.status, 200, officer.text);
}

async function status(house, number) {
    const response = await fetch(`${house.url}/api/v1/register?q=${number}`);
    const body = await response.text();
    const row = JSON.parse(body);
    const items = Array.isArray(row) ? row : (row.instruments ?? row.items ?? Object.values(row).find(Array.isArray));
    return items.find((item) => item.number === number).status;
}
