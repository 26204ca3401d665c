// Fetches the figures of the card "Bitcoin in this shop" once the page is there, and whenever another stretch or store is chosen.
(function () {
  'use strict';
  var card = document.getElementById('mion-figures');
  if (!card) {
    return;
  }
  var values = card.querySelector('[data-figures="values"]');
  var days = card.querySelector('[data-figures="days"]');
  var store = card.querySelector('[data-figures="store"]');
  // of two choices only the later one's answer is shown
  var run = 0;

  function load() {
    var mine = ++run;
    var choice = new URLSearchParams({ days: days.value, storeId: store ? store.value : '0' });
    fetch(card.getAttribute('data-url') + '?' + choice, { credentials: 'same-origin', headers: { 'X-Requested-With': 'XMLHttpRequest' } })
      .then(function (response) {
        // nopCommerce answers with JSON where a permission has been taken away, and leads to the log-in page where nobody is logged in
        if (!response.ok || response.redirected || (response.headers.get('Content-Type') || '').indexOf('text/html') !== 0) {
          throw new Error('no answer');
        }
        return response.text();
      })
      .then(function (html) {
        if (mine === run) {
          values.innerHTML = html;
        }
      })
      .catch(function () {
        if (mine === run) {
          values.textContent = card.getAttribute('data-failed');
        }
      });
  }

  days.addEventListener('change', load);
  if (store) {
    store.addEventListener('change', load);
  }
  load();
})();
