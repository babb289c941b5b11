// Choice of the person to play.

async function post(address, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return answer.json();
}

const newcomer = document.getElementById("newcomer");
newcomer.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await post("/people", Object.fromEntries(new FormData(newcomer)));
  if (answer.goes_to) location.assign(answer.goes_to);
  else newcomer.querySelector(".problem").textContent = answer.problem;
});

document.getElementById("find").addEventListener("input", ({ target }) => {
  const wanted = target.value.trim().toLowerCase();
  for (const one of document.querySelectorAll(".people li")) one.hidden = !one.dataset.name.includes(wanted);
  for (const team of document.querySelectorAll("section")) team.hidden = !team.querySelector("li:not([hidden])");
});

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-release]");
  if (button) location.assign((await post(`/as/${button.dataset.release}/release`, {})).goes_to);
});
document.body.dataset.ready = "";
