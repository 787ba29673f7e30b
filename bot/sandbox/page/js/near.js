// A picture or clip is fetched when it comes near what is seen, for a long chat may hold many.

import { fileAddress } from "./wire.js";

const near = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      fileAddress(target.dataset.file).then(
        (address) => {
          target.src = address;
        },
        () => target.classList.add("gone"),
      );
    }
  },
  { rootMargin: "400px" },
);

/** Show a file in an element as soon as that comes near. */
export function whenNear(element, file) {
  element.dataset.file = file;
  near.observe(element);
}
