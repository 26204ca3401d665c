// The figures of the card "Bitcoin in this shop", and what the filters of the list of payments find, summed up: fetched once the
// page is there, and whenever something else is chosen. And the buttons that choose a month.
(function () {
  'use strict';

  // shows what the shop answers in an element; of two requests only the later one's answer
  function loader(element, failed, request) {
    var run = 0;
    return function () {
      var mine = ++run;
      request()
        .then(function (response) {
          // nopCommerce answers with JSON where a permission has been taken away, and leads to the log-in page where nobody is logged in
          if (!response.ok || response.redirected || (response.headers.get('Content-Type') || '').indexOf('text/html') !== 0) {
            throw new Error('no answer');
          }
          return response.text();
        })
        .then(function (html) {
          if (mine === run) {
            element.innerHTML = html;
          }
        })
        .catch(function () {
          if (mine === run) {
            element.textContent = failed;
          }
        });
    };
  }

  function get(url, values) {
    return fetch(url + '?' + new URLSearchParams(values), { credentials: 'same-origin', headers: { 'X-Requested-With': 'XMLHttpRequest' } });
  }

  function post(url, form) {
    return fetch(url, { method: 'POST', body: new URLSearchParams(new FormData(form)), credentials: 'same-origin', headers: { 'X-Requested-With': 'XMLHttpRequest' } });
  }

  function watchFigures(card) {
    var days = card.querySelector('[data-figures="days"]');
    var store = card.querySelector('[data-figures="store"]');
    var load = loader(card.querySelector('[data-figures="values"]'), card.getAttribute('data-failed'), function () {
      return get(card.getAttribute('data-url'), { days: days.value, storeId: store ? store.value : '0' });
    });
    card.addEventListener('change', load);
    load();
  }

  function watchTotals(form, totals, search) {
    var load = loader(totals, totals.getAttribute('data-failed'), function () {
      return post(form.getAttribute('data-totals-url'), form);
    });
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
  }

  var card = document.getElementById('mion-figures');
  var form = document.getElementById('mion-payments-form');
  if (card) {
    watchFigures(card);
  }
  if (form) {
    watchTotals(form, document.getElementById('mion-totals'), document.getElementById('search-mion-payments'));
  }
})();
