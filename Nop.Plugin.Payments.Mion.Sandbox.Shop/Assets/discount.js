'use strict';

// as in nopCommerce: the plugin's page is put into this one, its scripts run, and its event says that a requirement was added
async function load(url, place) {
  place.innerHTML = await (await fetch(url)).text();
  for (const dead of place.querySelectorAll('script')) {
    const script = document.createElement('script');
    script.textContent = dead.textContent;
    dead.replaceWith(script);
  }
}

window.jQuery = selector => ({
  trigger(name) {
    document.querySelector(selector).dispatchEvent(new Event(name));
  }
});

document.getElementById('AddDiscountRequirement').addEventListener('change', event => {
  const place = document.getElementById('addrequirementplaceholder');
  if (event.target.value) {
    load(event.target.value, place);
  } else {
    place.innerHTML = '';
  }
});

document.getElementById('discountRequirementContainer').addEventListener('nopnewdiscountruleadded', () => location.reload());

for (const place of document.querySelectorAll('[data-requirement]')) {
  load(place.dataset.requirement, place);
}
