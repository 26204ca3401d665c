// A likeness of nopCommerce's grid, and the little of jQuery that cell renderers use.
(function () {
  'use strict';
  window.$ = window.$ || function () {
    var element = document.createElement('span');
    return {
      text: function (text) { element.textContent = text; return this; },
      html: function () { return element.innerHTML; }
    };
  };
  document.querySelectorAll('table[data-columns]').forEach(function (table) {
    var columns = JSON.parse(table.dataset.columns);
    var filters = JSON.parse(table.dataset.filters);
    function load() {
      var body = new URLSearchParams({ draw: '1', start: '0', length: table.dataset.length });
      filters.forEach(function (name) {
        var field = document.getElementById(name);
        body.append(name, field ? field.value : '');
      });
      body.append('__RequestVerificationToken', document.querySelector('input[name="__RequestVerificationToken"]').value);
      fetch(table.dataset.url, { method: 'POST', body: body, headers: { 'X-Requested-With': 'XMLHttpRequest' } })
        .then(function (response) { return response.json(); })
        .then(function (page) {
          var rows = table.tBodies[0];
          rows.replaceChildren();
          page.Data.forEach(function (row) {
            var line = rows.insertRow();
            columns.forEach(function (column) {
              var cell = line.insertCell();
              if (column.render) {
                cell.innerHTML = window[column.render](row[column.data], 'display', row, {});
              } else {
                cell.textContent = row[column.data];
              }
            });
          });
        });
    }
    var search = document.getElementById(table.dataset.search);
    if (search) {
      search.addEventListener('click', load);
    }
    load();
  });
})();
