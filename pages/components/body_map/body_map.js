/* The body map's behaviour: regions are toggled by pointer or keyboard and follow the check list in `data`.
 * One region at a time is in the tab order; the arrow keys go to the nearest region in that direction. */

const VIEWS = [["back", "Back"], ["front", "Front"], ["soles", "Soles"]]
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }

function middle(shape) {
  const box = shape.getBoundingClientRect()
  return [box.left + box.width / 2, box.top + box.height / 2]
}

function nearest(shapes, from, [dx, dy]) {
  const [x, y] = middle(from)
  let best = null
  let least = Infinity
  for (const shape of shapes) {
    const [px, py] = middle(shape)
    const ahead = (px - x) * dx + (py - y) * dy
    const aside = Math.abs((px - x) * dy) + Math.abs((py - y) * dx)
    const cost = ahead + aside * 2
    if (shape !== from && ahead > 2 && cost < least) [best, least] = [shape, cost]
  }
  return best
}

function build(root) {
  const shapes = [...root.querySelectorAll(".region")]
  const said = root.querySelector(".said")
  const bar = root.querySelector(".switch")
  const map = { selected: new Set(), turn: 0, sentAt: 0, report: () => {}, show: () => {} }

  const visible = () => shapes.filter((shape) => shape.getClientRects().length && shape.checkVisibility?.() !== false)
  const enter = (shape) => {
    for (const other of shapes) other.tabIndex = other === shape ? 0 : -1
  }
  const name = (shape) => {
    said.textContent = shape ? shape.querySelector("title").textContent : ""
  }
  const toggle = (shape) => {
    const region = shape.dataset.region
    if (!map.selected.delete(region)) map.selected.add(region)
    map.show()
    map.sentAt = Date.now()
    map.turn = Math.max(map.turn + 1, map.sentAt)
    map.report({ regions: [...map.selected], turn: map.turn })
  }
  map.show = () => {
    for (const shape of shapes) shape.setAttribute("aria-checked", String(map.selected.has(shape.dataset.region)))
  }
  const turn = (view) => {
    root.dataset.shown = view
    for (const button of bar.children) button.setAttribute("aria-pressed", String(button.dataset.view === view))
    const first = visible()[0]
    if (first && !visible().some((shape) => shape.tabIndex === 0)) enter(first)
  }

  for (const [view, text] of VIEWS) {
    const button = document.createElement("button")
    button.type = "button"
    button.dataset.view = view
    button.textContent = text
    button.addEventListener("click", () => turn(view))
    bar.append(button)
  }
  for (const shape of shapes) {
    shape.addEventListener("click", () => {
      enter(shape)
      toggle(shape)
    })
    shape.addEventListener("pointerenter", () => name(shape))
    shape.addEventListener("pointerleave", () => name(null))
    shape.addEventListener("focus", () => name(shape))
    shape.addEventListener("blur", () => name(null))
    shape.addEventListener("keydown", (event) => {
      if (event.key === " " || event.key === "Enter") {
        event.preventDefault()
        toggle(shape)
      } else if (ARROWS[event.key]) {
        event.preventDefault()
        const next = nearest(visible(), shape, ARROWS[event.key])
        if (next) {
          enter(next)
          next.focus()
        }
      }
    })
  }
  enter(shapes[0])
  turn("back")
  return map
}

// What the page says while an answer to the last mark is still on its way is older than that mark.
const WAITS_MS = 5000

export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".body-map")
  const map = (root.bodyMap ??= build(root))
  map.report = (marking) => setStateValue("marking", marking)
  const outdated = map.turn > data.heard && Date.now() - map.sentAt < WAITS_MS
  if (!outdated) map.selected = new Set(data.selected)
  map.show()
}
