/* Keeps the payment page up to date: asks the shop for news and shows the state that came. */
(function () {
  'use strict';

  var page = document.getElementById('mion-payment');
  if (!page || !page.dataset.statusUrl || !window.fetch) {
    return;
  }

  var interval = 3000;
  var limit = 12000;
  // looks in a row that brought nothing new: after the first ones the page asks ever less often, and at last no more
  var quick = 40;
  var last = 400;
  var lastAtRest = 150;
  var slowest = 60000;
  var looks = 0;
  var failures = 0;
  var timer = 0;
  var asking = false;

  function each(selector, action) {
    Array.prototype.forEach.call(page.querySelectorAll(selector), action);
  }

  // little will happen by itself to what has ended, or could not begin
  function isResting(state) {
    return state === 'Expired' || state === 'NotStarted';
  }

  function describe(minutes, words) {
    return minutes < 60 ? words.minutes.replace('{0}', minutes)
      : words.hours.replace('{0}', Math.floor(minutes / 60)).replace('{1}', minutes % 60);
  }

  function show(news) {
    looks = news.state === page.dataset.state ? looks + 1 : isResting(news.state) ? quick : 0;
    page.dataset.state = news.state;
    each('[data-for]', function (element) {
      var isShown = element.dataset.for.split(' ').indexOf(news.state) >= 0;
      if (element.id === 'mion-continue') {
        isShown = isShown && !!news.continueUrl;
        if (news.continueUrl) {
          element.href = news.continueUrl;
        }
      }
      // the code was drawn for one address; another attempt's page has its own
      if (element.dataset.url && element.dataset.url !== news.continueUrl) {
        isShown = false;
      }
      // writing an attribute that has not changed would make a screen reader speak again
      if (element.hidden === isShown) {
        element.hidden = !isShown;
      }
    });
    var amount = document.getElementById('mion-amount');
    if (amount && news.amount && amount.textContent !== news.amount) {
      amount.textContent = news.amount;
    }
    var timeLeft = document.getElementById('mion-time-left');
    if (timeLeft && news.minutesLeft) {
      var left = describe(news.minutesLeft, timeLeft.dataset);
      if (timeLeft.textContent !== left) {
        timeLeft.textContent = left;
      }
    }
  }

  function isFinal(state) {
    return state === 'Paid' || state === 'NeedsHelp' || state === 'Closed' || state === 'Unknown';
  }

  function ask() {
    timer = 0;
    if (document.hidden || asking) {
      return;
    }
    asking = true;
    var controller = window.AbortController ? new AbortController() : null;
    var stop = window.setTimeout(function () {
      if (controller) {
        controller.abort();
      }
    }, limit);
    fetch(page.dataset.statusUrl, { cache: 'no-store', credentials: 'same-origin', headers: { Accept: 'application/json' }, signal: controller ? controller.signal : undefined })
      .then(function (response) {
        if (!response.ok) {
          throw new Error('status ' + response.status);
        }
        return response.json();
      })
      .then(function (news) {
        failures = 0;
        document.getElementById('mion-offline').hidden = true;
        show(news);
        if (news.state === 'Paid' && news.completedUrl) {
          window.location.replace(news.completedUrl);
        }
      })
      .catch(function () {
        failures += 1;
        looks += 1;
        if (failures > 1) {
          document.getElementById('mion-offline').hidden = false;
        }
      })
      .then(function () {
        window.clearTimeout(stop);
        asking = false;
        later();
      });
  }

  function pause() {
    var slower = Math.min(interval * Math.pow(1.1, Math.max(0, looks - quick)), slowest);
    return failures > 0 ? Math.max(slower, Math.min(interval * Math.pow(2, failures), 30000)) : slower;
  }

  function later() {
    if (!timer && !isFinal(page.dataset.state) && looks < (isResting(page.dataset.state) ? lastAtRest : last)) {
      timer = window.setTimeout(ask, pause());
    }
  }

  // somebody looks again, or the network is back: that is worth a question at once
  function askNow() {
    if (document.hidden || isFinal(page.dataset.state)) {
      return;
    }
    looks = Math.min(looks, quick);
    if (!asking) {
      window.clearTimeout(timer);
      ask();
    }
  }

  document.addEventListener('visibilitychange', askNow);
  window.addEventListener('online', askNow);
  if (isResting(page.dataset.state)) {
    looks = quick;
  }
  later();
}());
