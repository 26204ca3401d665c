// Sums up what the filters find, below the list, whenever it is searched; and chooses a month.
(function () {
  'use strict';
  var form = document.getElementById('mion-payments-form');
  var totals = document.getElementById('mion-totals');
  var search = document.getElementById('search-mion-payments');
  if (!form || !totals || !search) {
    return;
  }
  // of two searches only the later one's answer is shown
  var run = 0;

  function load() {
    var mine = ++run;
    fetch(form.getAttribute('data-totals-url'), {
      method: 'POST', body: new URLSearchParams(new FormData(form)), credentials: 'same-origin', headers: { 'X-Requested-With': 'XMLHttpRequest' }
    })
      .then(function (response) {
        // nopCommerce answers with JSON where a permission has been taken away, and leads to the log-in page where nobody is logged in
        if (!response.ok || response.redirected || (response.headers.get('Content-Type') || '').indexOf('text/html') !== 0) {
          throw new Error('no answer');
        }
        return response.text();
      })
      .then(function (html) {
        if (mine === run) {
          totals.innerHTML = html;
        }
      })
      .catch(function () {
        if (mine === run) {
          totals.textContent = totals.getAttribute('data-failed');
        }
      });
  }

  search.addEventListener('click', load);
  form.querySelectorAll('[data-mion-from]').forEach(function (button) {
    button.addEventListener('click', function () {
      var day = document.getElementById('SearchDayId');
      day.value = button.getAttribute('data-mion-day');
      // nopCommerce's script draws what the select shows
      day.dispatchEvent(new Event('change', { bubbles: true }));
      document.getElementById('SearchFrom').value = button.getAttribute('data-mion-from');
      document.getElementById('SearchTo').value = button.getAttribute('data-mion-to');
      search.click();
    });
  });
  load();
})();
