// Shows only what has all the words. Without a script there is no search box.
(() => {
  const box = document.getElementById("search"), found = document.getElementById("found");
  const items = [...document.querySelectorAll("main article, main figure")].map(item =>
    ({ item, text: item.textContent.toLowerCase(), links: [...document.querySelectorAll('nav a[href="#' + CSS.escape(item.id) + '"]')] }));
  const look = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let n = 0;
    for (const { item, text, links } of items) {
      const has = words.every(word => text.includes(word));
      item.hidden = !has;
      for (const link of links) link.parentElement.hidden = !has;
      n += has;
    }
    for (const part of document.querySelectorAll("main section"))
      part.hidden = ![...part.querySelectorAll("article, figure")].some(item => !item.hidden);
    for (const part of document.querySelectorAll("nav details details")) {
      part.hidden = ![...part.querySelectorAll("li")].some(line => !line.hidden);
      part.open = words.length > 0;
    }
    found.textContent = words.length ? n + " " + (found.dataset.of || "of") + " " + items.length : "";
  };
  box.parentElement.hidden = false;
  box.addEventListener("input", look);
  // A link to what the search hides shows everything again.
  addEventListener("hashchange", () => {
    const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (at && at.closest("[hidden]")) { box.value = ""; look(); at.scrollIntoView(); }
  });
})();
