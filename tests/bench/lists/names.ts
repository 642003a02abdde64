const list = (text: string): readonly string[] => text.trim().split(/\s*,\s*/);

/** Family names, the commonest first. */
export const FAMILY_NAMES = list(`
  Rossi, Russo, Ferrari, Esposito, Bianchi, Romano, Colombo, Ricci, Marino, Greco, Bruno, Gallo, Conti, De Luca, Mancini,
  Costa, Giordano, Rizzo, Lombardi, Moretti, Barbieri, Fontana, Santoro, Mariani, Rinaldi, Caruso, Ferrara, Galli,
  Martini, Leone, Longo, Gentile, Martinelli, Vitale, Lombardo, Serra, Coppola, De Santis, D'Angelo, Marchetti, Parisi,
  Villa, Conte, Ferraro, Ferri, Fabbri, Bianco, Marini, Grasso, Valentini, Messina, Sala, De Angelis, Gatti, Pellegrini,
  Palumbo, Sanna, Farina, Rizzi, Monti, Cattaneo, Morelli, Amato, Silvestri, Mazza, Testa, Grassi, Pellegrino, Carbone,
  Giuliani, Benedetti, Barone, Rossetti, Caputo, Montanari, Guerra, Palmieri, Bernardi, Martino, Fiore, De Rosa,
  Ferretti, Bellini, Basile, Riva, Donati, Piras, Vitali, Battaglia, Sartori, Neri, Costantini, Milani, Pagano, Ruggiero,
  Sorrentino, D'Amico, Orlando, Damico, Negri, Guidi, Bernardini, Brambilla, Gallina, Piazza, Marra, Rota, Fumagalli,
  Sacco, Bellucci, Grandi, Monaco, Ruggeri, Cocco, Bonetti, Rosa, Marchi, Albanese, Ferrante, Valente, Bassi, Bertini,
  Franco, Cirillo, Meloni, Catalano, Giuliano, Pace, Filippi, Melis, Volpe, Amoroso, Colonna, Poli, Perrone, Fiorini,
  Belli, Zanella, Olivieri, Napolitano, Salerno, Motta, Gargiulo, Leoni, Bosco, Pepe, Falcone, Carta, Venturi, Fava,
  Di Stefano, Cavallo, Spina, Porcu, Manfredi, Nardi, Romeo, Ventura, Salvi, Zanetti, Cattani, Toscano, Cosentino, Manca,
  Locatelli, Di Pietro, Boni, Scotti, Casella, Bertolini, Usai, Puddu, Vaccaro, Corti, Castelli, Arena, Franchi, Scala,
  Pastore, Landi, Mele, Magnani, Molinari, Floris, Cossu, Marchese, Ricciardi, Cappelli, Biondi, Rocca, Fadda, Baldi,
  Nicoletti, Zanini, Tosi, Massa, Foti, Palma, Grimaldi, Carli, Papa, Ceccarelli, Rosati, Pinna, Genovese, Proietti,
  Savino, Oliva, Cecchini, Lorusso, Tedesco, Berti, Vezzoli, Spagnolo, Mura, Nobile, Stella, Forte, Schiavone, Lai,
  Bettini, Giannini, Lazzari, Orsini, Di Marco, Cipriani, Simonetti, Tosetti, Gasparini, Boschi, Carboni, Antonelli,
  Trevisan, Baroni, Mazzoni, Bortolotti, Sartor, Casadei, Cristiani, Bonomi, Lodi, Zucca, Pagani, Tonelli, Fusco, Masi,
  Ghezzi, Viola, Cappello, Guerrini, Piccoli, Corsi, Mosca, Pozzi, Ronchi, Calabrese, Mauri, Bini, Vigano, Ciani, Dessi,
  Aiello, Iannone, Furlan, Zambon, Beltrame, Visentin, Gregori, Mattei, Spada, Tarantino, Bonfanti, Maggi, Pavan,
  Quaranta, Urso, Zago, Fois, Ledda, Deiana, Porta, Vacca, Sarti, Tagliabue, Bruni, Cremonesi, Zuccaro
`);

/** Given names of women (first half) and men, the commonest first in each. */
export const WOMEN = list(`
  Maria, Anna, Giuseppina, Rosa, Angela, Giovanna, Teresa, Lucia, Carmela, Francesca, Giulia, Sara, Laura, Elena, Paola,
  Chiara, Antonella, Daniela, Silvia, Federica, Alessandra, Valentina, Martina, Sofia, Elisa, Roberta, Simona, Cristina,
  Patrizia, Stefania, Barbara, Monica, Claudia, Alice, Giorgia, Ilaria, Arianna, Michela, Serena, Beatrice, Camilla,
  Caterina, Margherita, Ludovica, Noemi, Emma, Irene, Donatella, Ornella, Domitilla
`);
export const MEN = list(`
  Giuseppe, Giovanni, Antonio, Mario, Luigi, Francesco, Angelo, Vincenzo, Pietro, Salvatore, Marco, Andrea, Alessandro,
  Luca, Matteo, Lorenzo, Davide, Simone, Federico, Riccardo, Stefano, Roberto, Paolo, Fabio, Massimo, Daniele, Claudio,
  Giorgio, Sergio, Franco, Bruno, Carlo, Domenico, Michele, Nicola, Raffaele, Emanuele, Filippo, Giacomo, Leonardo,
  Gabriele, Edoardo, Tommaso, Enrico, Alberto, Cristiano, Ettore, Ivano, Libero, Evaristo
`);
