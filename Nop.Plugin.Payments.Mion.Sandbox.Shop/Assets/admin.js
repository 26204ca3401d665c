'use strict';

// as in nopCommerce: a field whose box "override" is not ticked is disabled, and so posts nothing
function checkOverriddenStoreValue(box, selector) {
  for (const field of document.querySelectorAll(selector)) {
    field.disabled = !box.checked;
  }
}

for (const box of document.querySelectorAll('.multi-store-override-option')) {
  checkOverriddenStoreValue(box, box.dataset.forInputSelector);
}

for (const header of document.querySelectorAll('.card-header')) {
  header.addEventListener('click', () => header.parentElement.classList.toggle('collapsed-card'));
}
