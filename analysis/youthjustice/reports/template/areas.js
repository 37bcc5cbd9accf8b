(() => {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const regions = [...document.querySelectorAll(".yj-region")].map((section) => ({
    section,
    name: plain(section.querySelector("h2").textContent),
    areas: [...section.querySelectorAll(".yj-area")].map((area) => ({
      area,
      name: plain(area.querySelector("h3").textContent),
    })),
  }));
  const wanted = document.getElementById("wanted");
  const told = document.getElementById("told");
  const find = () => {
    const words = plain(wanted.value).split(/\s+/).filter(Boolean);
    const holds = (name) => words.every((word) => name.includes(word));
    let found = 0;
    for (const { section, name, areas } of regions) {
      let here = 0;
      for (const one of areas) {
        one.area.hidden = !(holds(one.name) || holds(name));
        here += !one.area.hidden;
      }
      section.hidden = here === 0;
      found += here;
    }
    told.textContent = words.length ? (found === 1 ? "1 area" : found + " areas") + " found" : "";
  };
  wanted.addEventListener("input", find);
  document.getElementById("without").hidden = true;
  document.getElementById("with").hidden = false;
  find();
})();
